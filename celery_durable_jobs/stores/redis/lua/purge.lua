-- purge: jobs go without a trace. By: the command line alone.
-- KEYS[1] the stripe's prefix
-- ARGV[3] "waiting", "dead" or "ended"   ARGV[4] limit
-- Guard: waiting jobs in lines, dead letters, ended entries; what is claimed, sent or running stays.
-- Returns {how many went, 1 where there may be more}
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/due.lua
--! include lib/prune.lua

local limit, count_gone, more = tonumber(ARGV[4]), 0, 0

-- One waiting job.
local function purge_one(id, shard, route)
  local job, newer = load(id)
  if job then
    remove(job)
  else
    call('ZREM', line_key(shard, route), id)
    if newer then
      count(WAITING, -1)
      call('ZADD', B .. 'aside', now, id)
    end
  end
  count_gone = count_gone + 1
end

-- One hash of ended entries; those past their time go uncounted.
local function purge_hash(key)
  local entries = count_gone < limit and call('HGETALL', key) or {}
  for i = 1, #entries, 2 do
    local visible = read_ended(entries[i + 1])
    if visible and count_gone >= limit then
      break
    end
    call('HDEL', key, entries[i])
    count_gone = count_gone + (visible and 1 or 0)
  end
  more = max(more, call('EXISTS', key))
end

if ARGV[3] == 'dead' then
  for _, id in ipairs(call('ZRANGE', B .. 'dead', 0, limit - 1)) do
    local job, newer = load(id)
    if job then
      remove(job)
    else
      leave_dead_aside(id, newer)
    end
    count_gone = count_gone + 1
  end
  more = call('EXISTS', B .. 'dead')
elseif ARGV[3] == 'ended' then
  local known = family('ended')
  for number = known.before > 0 and known.number - 1 or known.number, known.number do
    for hash = 0, (number == known.number and known.hashes or known.before) - 1 do
      purge_hash(bucket_key('ended', number, hash))
    end
  end
else
  -- The oldest first, whatever line it is in.
  local firsts = {}
  local function look_up(route)
    local _, shard = head_of(B .. 'lines:' .. route)
    local due, id
    if shard then
      due, id = head_of(line_key(shard, route))
    end
    firsts[route] = due and {due, id, shard}
  end
  local function first_route()
    local best
    for route, first in pairs(firsts) do
      local other = firsts[best]
      if first and (not other or first[1] < other[1] or (first[1] == other[1] and first[2] < other[2])) then
        best = route
      end
    end
    return best
  end
  for _, route in ipairs(routes_of_registry()) do
    look_up(route)
  end
  local route = first_route()
  while route and count_gone < limit do
    local shard = firsts[route][3]
    purge_one(firsts[route][2], shard, route)
    write_head(B .. 'lines:' .. route, shard, line_key(shard, route))
    touched_routes[route] = shard
    look_up(route)
    route = first_route()
  end
  more = route and 1 or 0
end
flush()
return {count_gone, more}
