-- dispatch: due jobs of a line go onto their Celery queue, a list of this very database, in one step.
-- KEYS[1] the stripe's prefix
-- ARGV[3] shard   ARGV[4] token   ARGV[5] route   ARGV[6] the route's queue (maybe)   ARGV[7] limit
-- ARGV[8] limit of bytes   ARGV[9] on a full server: the route's bound and limit (else '')
-- ARGV[10] the key that the keeper left through its connection to the broker   ARGV[11] the list's key
-- ARGV[12…] how many carriers, these (lib/carriers.lua), templates (lib/message.lua)
-- Guard: lease token; the keeper's key is here; due <= now; room in the route's backlog; queue not paused.
-- Returns {now, lease until, ids with a blank between, generation of the first (the others count on), next head or -1,
-- room or -1, 1 where paused, {views of expired}, {ids moved aside}, view of a job that no template fits or '', what
-- the server said to the push or '', how long this took in µs, what the keeper can't know (lib/due.lua), texts}; {now}
-- where the lease guard failed; {now, lease until} where the queue is elsewhere
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
--! include lib/due.lua
--! include lib/taking.lua
--! include lib/message.lua
--! include lib/carriers.lua

local shard, token = ARGV[3], ARGV[4]
local till = holds(shard, token)
if not till then
  return {now}
end
if redis.pcall('EXISTS', ARGV[10]) ~= 1 then
  return {now, till}
end
local carriers, behind = read_carriers(12)
local all, templates, failed = new_taking(), read_templates(behind), ''
local sent, first = '', 0

local function fits(job)
  local carrier = carriers[job.handler]
  if carrier and travels(job) then
    job.carrier = carrier
    return true
  end
  job.values = prepare(templates, job)
  return job.values
end

-- The push is the one thing that may fail here, so it comes before all other writes. (Generations may have gaps.)
local function push(taken)
  local messages, aboard = {}, {}
  first = call('INCRBY', B .. 'seq', #taken) - #taken + 1
  for i, job in ipairs(taken) do
    local run, carrier = run_of(job), job.carrier
    run[GENERATION] = first + i - 1
    if carrier then
      local behind_it = taken[i + 1]
      aboard[#aboard + 1] = job
      if #aboard >= carrier.most or not behind_it or behind_it.carrier ~= carrier then
        messages[#messages + 1], aboard = carrier_of(carrier, aboard), {}
      end
    else
      messages[#messages + 1] = message_of(job.values, run[GENERATION], run[FAILURES])
    end
  end
  local pushed = redis.pcall('LPUSH', ARGV[11], unpack(messages))
  if type(pushed) == 'table' and pushed.err then
    failed = pushed.err
    return {}
  end
  return taken
end

local function write_taken(taken)
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
  sent = table.concat(ids, ' ')
  move_taken(all, ids, SENT, deadlines, values)
end

if all.route then
  take(all, fits)
  if #all.taken > 0 then
    all.taken = push(all.taken)
  end
  if #all.taken > 0 then
    write_taken(all.taken)
  end
  flush()
end
return {now, till, sent, first, all.route and head_of(all.line) or -1, room_of(all), all.paused and 1 or 0, all.expired,
        all.aside, all.unfit and view(all.unfit) or '', failed, busy(), all.route and next_need(shard, all.route) or -1,
        texts()}
