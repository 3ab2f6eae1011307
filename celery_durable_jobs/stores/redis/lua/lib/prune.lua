-- prune: what is kept too long goes, a little with each look.

local PRUNE_LIMIT, LEASES_A_LOOK = 100, 20
local KEEPER_SEEN, DAY = 3600 * SECOND, 86400 * SECOND

-- A dead letter that can't be read: its record, if any, is of a newer version.
local function leave_dead_aside(id, newer)
  call('ZREM', B .. 'dead', id)
  if newer then
    call('ZADD', B .. 'aside', now, id)
    count(DEAD, -1)
  end
end

-- Dead letters; answers how many went.
local function prune_dead()
  local pruned = 0
  for _, id in ipairs(call('ZRANGEBYSCORE', B .. 'dead', '-inf', now - option('keep_dead'), 'LIMIT', 0, PRUNE_LIMIT)) do
    local job, newer = load(id)
    if job then
      remove(job)
      pruned = pruned + 1
    else
      leave_dead_aside(id, newer)
    end
  end
  return pruned
end

local function prune_keepers()
  for _, keeper in ipairs(call('ZRANGEBYSCORE', B .. 'looks', '-inf', now - KEEPER_SEEN)) do
    call('ZREM', B .. 'looks', keeper)
    call('HDEL', B .. 'keepers', keeper)
  end
end

-- Leases that have run out, of shards that hold nothing. A few with each look, each time from another place on: those
-- of shards that still hold something (jobs that wait for tomorrow) stay, and must not stand in the way of the others.
local function prune_leases(leases, routes)
  local shards = {}
  for shard, lease in pairs(leases) do
    if lease.till <= now then
      shards[#shards + 1] = shard
    end
  end
  local from = now % max(1, #shards)
  for i = 1, min(#shards, LEASES_A_LOOK) do
    local shard = shards[(from + i) % #shards + 1]
    local empty = not call('ZSCORE', B .. 'open', shard)
    for _, route in ipairs(routes) do
      empty = empty and not call('ZSCORE', B .. 'lines:' .. route, shard)
    end
    if empty then
      call('HDEL', B .. 'leases', shard)
      leases[shard] = nil
    end
  end
end

-- Times to look again that passed long ago (a clock may go back), of routes without a line.
local function prune_agains()
  for _, route in ipairs(call('HKEYS', B .. 'again')) do
    if again_of(route) <= now - DAY and call('EXISTS', B .. 'lines:' .. route) == 0 then
      call('HDEL', B .. 'again', route)
    end
  end
end

-- When the stripe holds nothing at all, the numbers of names start anew.
local function prune_names()
  if call('EXISTS', B .. 'names') == 1 and call('EXISTS', B .. 'registry', B .. 'dead', B .. 'aside', B .. 'leases',
    B .. 'rotation', B .. 'again') == 0 then
    call('DEL', B .. 'names', B .. 'counts', B .. 'backlogs')
  end
end
