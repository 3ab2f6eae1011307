-- dispatch: due jobs of a line go onto their Celery queue, a list of this very database, in one step.
-- KEYS[1] the stripe's prefix
-- ARGV[3] shard   ARGV[4] token   ARGV[5] route   ARGV[6] the route's queue (maybe)   ARGV[7] limit
-- ARGV[8] limit of bytes   ARGV[9] on a full server: the route's bound and limit (else '')
-- ARGV[10] the key that the keeper left through its connection to the broker   ARGV[11] the list's key
-- ARGV[12…] templates (lib/message.lua)
-- Guard: lease token; the keeper's key is here; due <= now; room in the route's backlog; queue not paused.
-- Returns {now, lease until, {id, generation …}, next head or -1, room or -1, 1 where paused, {views of expired}, {ids
-- moved aside}, view of a job that no template fits or '', what the server said to the push or '', how long this took
-- in µs, texts}; {now} where the lease guard failed; {now, lease until} where the queue is elsewhere
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/leases.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/message.lua

local PAUSE_LOOK = 60 * SECOND
local shard, token, queue = ARGV[3], ARGV[4], maybe(ARGV[6])
local limit, limit_bytes = tonumber(ARGV[7]), tonumber(ARGV[8])
local bound = option('bound')
if ARGV[9] ~= '' then
  local trickle = tonumber(ARGV[9])
  limit = min(limit, trickle)
  bound = bound > 0 and min(bound, trickle) or trickle
end

local till = holds(shard, token)
if not till then
  return {now}
end
if redis.pcall('EXISTS', ARGV[10]) ~= 1 then
  return {now, till}
end
local route = number_of('r', ARGV[5])
local paused = queue and call('SISMEMBER', B .. 'paused', queue) == 1
local expired, aside = {}, {}
local backlog = 0
local line = route and line_key(shard, route)
local jobs, runs = jobs_key(shard), runs_key(shard)
local templates = read_templates(12)

local taken, size, unfit, failed = {}, 0, nil, ''

-- One due job of the line; answers false where the batch is to end.
local function take(id, raw, run)
  local job = raw and parse_record(id, raw)
  if not job then
    call('ZREM', line, id)
    touch_line(shard, route)
    if raw then
      count(WAITING, -1)
      call('ZADD', B .. 'aside', now, id)
      aside[#aside + 1] = id
    end
    return true
  end
  attach_run(job, run)
  local gone = expire_if_due(job)
  if gone then
    expired[#expired + 1] = gone
    return true
  end
  if bound > 0 and backlog + #taken >= bound then
    look_again(route, now + option('poll_interval'), 'full', floor(bound / 2))
    return false
  end
  local bytes = body_size(job) + metadata_size(job)
  if #taken > 0 and size + bytes > limit_bytes then
    return false
  end
  job.values = prepare(templates, job)
  if not job.values then
    unfit = job
    return false
  end
  size = size + bytes
  taken[#taken + 1] = job
  return true
end

-- Due jobs are read in parts, so that large ones don't pile up: about as many as the limit of bytes has room for.
local function take_due()
  local seen, part = 0, 32
  while seen < limit do
    part = min(part, limit - seen)
    local due = call('ZRANGEBYSCORE', line, '-inf', now, 'LIMIT', #taken, part)
    local raws, packed = many('HMGET', jobs, due), many('HMGET', runs, due)
    for i, id in ipairs(due) do
      seen = seen + 1
      if not take(id, raws[i], packed[i]) then
        return
      end
    end
    if #due < part then
      return
    end
    part = #taken == 0 and 32 or max(1, min(1000, floor((limit_bytes - size) * #taken / max(1, size)) + 1))
  end
end

-- The push is the one thing that may fail here, so it comes before all other writes. (Generations may have gaps.)
local function push()
  local last, messages = call('INCRBY', B .. 'seq', #taken), {}
  for i, job in ipairs(taken) do
    local run = run_of(job)
    run[GENERATION] = last - #taken + i
    messages[i] = message_of(job.values, run[GENERATION], run[FAILURES])
  end
  local pushed = redis.pcall('LPUSH', ARGV[11], unpack(messages))
  if type(pushed) == 'table' and pushed.err then
    failed, taken = pushed.err, {}
  end
end

local function write_taken()
  local ids, deadlines, values = {}, {}, {}
  local deadline = now + option('begin_timeout')
  for i, job in ipairs(taken) do
    local run = job.run
    run[STATE], run[TOKEN], run[SENDS], run[HELD] = SENT, token, 1, nil
    job.state = SENT
    ids[i] = job.id
    deadlines[2 * i - 1], deadlines[2 * i] = deadline, job.id
    values[2 * i - 1], values[2 * i] = job.id, cmsgpack.pack(run)
  end
  in_pieces('ZREM', line, ids)
  in_pieces('HSET', runs, values)
  in_pieces('ZADD', open_key(shard), deadlines)
  touch_line(shard, route)
  touch_open(shard)
  count(WAITING, -#taken)
  count(SENT, #taken)
  count_backlog(route, #taken)
  backlog = backlog + #taken
end

if route then
  check_places(shard, route)
  backlog = tonumber(call('HGET', B .. 'backlogs', route) or 0)
  check_ends('00')
  call('HLEN', runs)
  call('ZCARD', B .. 'aside')
  if paused then
    if call('EXISTS', B .. 'lines:' .. route) == 1 then
      look_again(route, now + PAUSE_LOOK, 'paused')
    end
  else
    take_due()
    if #taken > 0 then
      push()
    end
    if #taken > 0 then
      write_taken()
    end
  end
  flush()
end

local sent = {}
for i, job in ipairs(taken) do
  sent[2 * i - 1], sent[2 * i] = job.id, job.run[GENERATION]
end
local left = unfit and view(unfit) or ''
return {now, till, sent, route and head_of(line) or -1, bound > 0 and max(0, bound - backlog) or -1,
        paused and 1 or 0, expired, aside, left, failed, busy(), texts()}
