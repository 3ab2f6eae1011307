-- prune: what is kept too long goes, a little with each look.

local PRUNE_LIMIT, LEASES_A_LOOK, UNREADABLE_A_LOOK = 100, 50, 10
local KEEPER_SEEN, DAY, ASIDE_AGAIN = 3600 * SECOND, 86400 * SECOND, 5 * SECOND

-- A dead letter that can't be read: its record, if any, is of a newer version.
local function leave_dead_aside(id, newer)
  call('ZREM', B .. 'dead', id)
  if newer then
    call('ZADD', B .. 'aside', now, id)
    count(DEAD, -1)
  end
end

--! rarely
local function prune_letters(ids)
  local pruned = 0
  for _, id in ipairs(ids) do
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

-- Dead letters; answers how many went.
local function prune_dead()
  local ids = call('ZRANGEBYSCORE', B .. 'dead', '-inf', now - option('keep_dead'), 'LIMIT', 0, PRUNE_LIMIT)
  return #ids > 0 and prune_letters(ids) or 0
end

local function prune_keepers()
  for _, keeper in ipairs(call('ZRANGEBYSCORE', B .. 'looks', '-inf', now - KEEPER_SEEN)) do
    call('ZREM', B .. 'looks', keeper)
    call('HDEL', B .. 'keepers', keeper)
  end
end

-- Leases that ran out a while ago tell nothing that matters. Each look sees to some, by chance: reading them all would
-- cost what is stored.
local function prune_leases()
  local some, gone = call('HRANDFIELD', B .. 'leases', LEASES_A_LOOK, 'WITHVALUES'), {}
  for i = 1, #some, 2 do
    if unpacked('>I7', some[i + 1]) + NOT_COME <= now then
      gone[#gone + 1] = some[i]
    end
  end
  if #gone > 0 then
    call('HDEL', B .. 'leases', unpack(gone))
  end
end

-- A record that was moved aside, and can be read now, goes back to where it was.
local function put_in_place(job)
  check_counts()
  if job.state == WAITING then
    check_line(job.shard, job.route, job.id, job.due)
    check_key(job)
    call('ZADD', line_key(job.shard, job.route), job.due, job.id)
    touch_line(job.shard, job.route, job.id, job.due)
    count(WAITING, 1)
    take_key(job)
  elseif job.state == DEAD then
    call('ZADD', B .. 'dead', job.run[ENDED_AT], job.id)
    count(DEAD, 1)
  end
  call('ZREM', B .. 'aside', job.id)
end

-- What was moved aside a while ago is looked at again: this keeper may be of the version that wrote it.
--! rarely
local function prune_aside()
  local unreadable = 0
  for _, id in ipairs(call('ZRANGEBYSCORE', B .. 'aside', '-inf', now - ASIDE_AGAIN, 'LIMIT', 0, PRUNE_LIMIT)) do
    local job, newer = load(id)
    if job then
      put_in_place(job)
    elseif not newer then
      call('ZREM', B .. 'aside', id)
    elseif unreadable < UNREADABLE_A_LOOK then
      unreadable = unreadable + 1
      call('ZADD', B .. 'aside', now, id)
    else
      break
    end
  end
end

-- Times to look again that passed long ago (a clock may go back), of routes without a line.
local function prune_agains()
  for _, field in ipairs(call('HKEYS', B .. 'again')) do
    local route = tonumber(field)
    if again_of(route) <= now - DAY and call('EXISTS', B .. 'lines:' .. route) == 0 then
      call('HDEL', B .. 'again', route)
      agains[route] = false
    end
  end
end

-- When the stripe holds nothing at all, the numbers of names start anew. Asked where the registry is empty.
local function prune_names()
  if call('EXISTS', B .. 'names') == 1 and call('EXISTS', B .. 'registry', B .. 'dead', B .. 'aside', B .. 'leases',
    B .. 'rotation', B .. 'again') == 0 then
    call('DEL', B .. 'names', B .. 'counts', B .. 'backlogs')
  end
end
