-- taking: due jobs of a line, for claim and dispatch. Both have the same first arguments:
-- ARGV[3] shard   ARGV[4] token   ARGV[5] route   ARGV[6] the route's queue (maybe)   ARGV[7] limit
-- ARGV[8] limit of bytes   ARGV[9] on a full server: the route's bound and limit (else '')

local PAUSE_LOOK = 60 * SECOND

-- What may be taken, and what was: `taken` jobs, views of `expired` ones, ids moved `aside`; `unfit`, a job that ended
-- it.
local function new_taking()
  local all = {shard = ARGV[3], route = number_of('r', ARGV[5]), limit = tonumber(ARGV[7]),
               limit_bytes = tonumber(ARGV[8]), bound = option('bound'), backlog = 0, size = 0,
               taken = {}, expired = {}, aside = {}}
  local queue, trickle = maybe(ARGV[6]), tonumber(ARGV[9])
  all.paused = queue and call('SISMEMBER', B .. 'paused', queue) == 1
  all.line = all.route and line_key(all.shard, all.route)
  if trickle then
    all.limit = min(all.limit, trickle)
    all.bound = all.bound > 0 and min(all.bound, trickle) or trickle
  end
  return all
end

-- One due job of the line; answers false where it is to end.
local function take_one(all, id, raw, run, fits)
  local taken, job = all.taken, raw and parse_record(id, raw)
  if not job then
    call('ZREM', all.line, id)
    touch_line(all.shard, all.route)
    if raw then
      count(WAITING, -1)
      call('ZADD', B .. 'aside', now, id)
      all.aside[#all.aside + 1] = id
    end
    return true
  end
  attach_run(job, run)
  local gone = expire_if_due(job)
  if gone then
    all.expired[#all.expired + 1] = gone
    return true
  end
  if all.bound > 0 and all.backlog + #taken >= all.bound then
    look_again(all.route, now + option('poll_interval'), 'full', floor(all.bound / 2))
    return false
  end
  local bytes = body_size(job) + metadata_size(job)
  if #taken > 0 and all.size + bytes > all.limit_bytes then
    return false
  end
  if fits and not fits(job) then
    all.unfit = job
    return false
  end
  all.size = all.size + bytes
  taken[#taken + 1] = job
  return true
end

-- Due jobs are read in parts, so that large ones don't pile up: about as many as the limit of bytes has room for.
local function take_due(all, fits)
  local jobs, runs = jobs_key(all.shard), runs_key(all.shard)
  local seen, part = 0, 32
  while seen < all.limit do
    part = min(part, all.limit - seen)
    local due = call('ZRANGEBYSCORE', all.line, '-inf', now, 'LIMIT', #all.taken, part)
    local raws, packed = many('HMGET', jobs, due), many('HMGET', runs, due)
    for i, id in ipairs(due) do
      seen = seen + 1
      if not take_one(all, id, raws[i], packed[i], fits) then
        return
      end
    end
    if #due < part then
      return
    end
    local taken = #all.taken
    part = taken == 0 and 32 or max(1, min(1000, floor((all.limit_bytes - all.size) * taken / max(1, all.size)) + 1))
  end
end

-- Read what is due, as far as the backlog has room, after all that can fail was checked. `fits` (maybe) says whether a
-- job is one to be taken; the first that isn't ends it.
local function take(all, fits)
  check_places(all.shard, all.route)
  all.backlog = known_backlogs[all.route]
  check_ends('00')
  call('HLEN', runs_key(all.shard))
  call('ZCARD', B .. 'aside')
  if not all.paused then
    take_due(all, fits)
  elseif call('EXISTS', B .. 'lines:' .. all.route) == 1 then
    look_again(all.route, now + PAUSE_LOOK, 'paused')
  end
end

-- They leave the line for that state, with these deadlines (score, id …) and runs (id, packed run …).
local function move_taken(all, ids, state, deadlines, values)
  in_pieces('ZREM', all.line, ids)
  in_pieces('HSET', runs_key(all.shard), values)
  in_pieces('ZADD', open_key(all.shard), deadlines)
  touch_line(all.shard, all.route)
  touch_open(all.shard)
  count(WAITING, -#ids)
  count(state, #ids)
  count_backlog(all.route, #ids)
  all.backlog = all.backlog + #ids
end

-- What the route's backlog still takes; -1 where it is unbounded.
local function room_of(all)
  return all.bound > 0 and max(0, all.bound - all.backlog) or -1
end
