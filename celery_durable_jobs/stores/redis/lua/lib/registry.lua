-- registry: heads, counters and the registry entries that follow from them.
--
--   lines:<route>  sorted set, shard -> head of its line          always true
--   open           sorted set, shard -> smallest deadline of its jobs in flight   always true
--   registry       sorted set, "r<route>" and "open" -> the time from which a keeper is needed
--   counts         hash, state number -> jobs in it               backlogs   hash, route -> claimed or sent
--   again          hash, route -> "<µs>:<why>:<number to wake at>": not to be looked at before; a route's entry in the
--                  registry is the later of its head and this
--
-- A script works in two halves. First it reads and checks: a destination of a foreign type would stop it half-way, and
-- what a failed script has written stays. The `check_…` functions read what is about to be written, so they fail on it
-- instead; what they have read is remembered. Then it writes, and says what it touched; `flush`, the last call of every
-- script that writes, makes all of the above true again. It wakes the keepers when an entry has come nearer than a poll
-- interval. Where it is known that a head stays what it is, nothing of this costs a command.

local touched_opens, watched, registered = {}, {}, {}
local touched_lines, touched_routes, count_changes, backlog_changes = {}, {}, {}, {}
local agains, known_backlogs, known_counts = {}, {}, nil

local function count(state, by)
  count_changes[state] = (count_changes[state] or 0) + by
end

local function count_backlog(route, by)
  backlog_changes[route] = (backlog_changes[route] or 0) + by
end

-- When a route is to be looked at again, why, and the backlog at which this is over; nil for none.
local function again_of(route)
  local known = agains[route]
  if known == nil then
    known = call('HGET', B .. 'again', route)
    agains[route] = known
  end
  if known then
    local at, why, wake_at = known:match('^(%d+):(%a+):(%d*)$')
    return tonumber(at), why, tonumber(wake_at)
  end
end

local function look_again(route, at, why, wake_at)
  local entry = text(at) .. ':' .. why .. ':' .. (wake_at or '')
  call('HSET', B .. 'again', route, entry)
  agains[route] = entry
  touched_routes[route] = touched_routes[route] or ''
end

local function head_of(key)
  local head = call('ZRANGE', key, 0, 0, 'WITHSCORES')
  return tonumber(head[2]), head[1]
end

-- -- sets whose smallest score is written elsewhere

-- The two first of a sorted set, as they were when the script began with it.
local function watch(key)
  local set = watched[key]
  if not set then
    local first = call('ZRANGE', key, 0, 1, 'WITHSCORES')
    set = {id = first[1], head = tonumber(first[2]), second = tonumber(first[4])}
    watched[key] = set
  end
  return set
end

-- Whether the head may be another one when `id` (nil: many) goes to `at` (nil: away).
local function leads(set, id, at)
  return set.changed or not id or set.id == id or (at and (not set.head or at < set.head))
end

-- `id` (nil: many) has gone to `at` (nil: away). Answers whether the head may be another one now. What it is then, is
-- known without asking where that was the first move.
local function moved(key, id, at)
  local set = watched[key]
  if not set then
    watched[key] = {unseen = true, changed = true, unsure = true, moved = true}
    return true
  end
  if leads(set, id, at) then
    set.unsure = set.moved or not id
    set.want = at
    if set.id == id and set.second and not (at and at < set.second) then
      set.want = set.second
    end
    set.changed = true
  end
  set.moved = true
  return set.changed
end

local function head_now(key)
  local set = watched[key]
  if not set or set.unsure then
    return (head_of(key))
  elseif set.changed then
    return set.want
  end
  return set.head
end

local function touch_line(shard, route, id, due)
  if moved(line_key(shard, route), id, due) then
    touched_lines[shard .. route] = {shard, route}
  end
end

local function touch_open(shard, id, at)
  if moved(open_key(shard), id, at) then
    touched_opens[shard] = true
  end
end

-- -- before the first write

local function check_counts()
  known_counts = known_counts or call('HMGET', B .. 'counts', WAITING, CLAIMED, SENT, RUNNING, DEAD)
end

local function check_entry(member, heads)
  if registered[member] == nil then
    registered[member] = tonumber(call('ZSCORE', B .. 'registry', member)) or false
    watch(heads)
  end
end

-- One in flight, `id`, is going to `at` (nil: away); without an id: many are.
local function check_open(shard, id, at)
  if leads(watch(open_key(shard)), id, at) then
    check_entry('open', B .. 'open')
  end
end

-- One of a line, `id`, is going to `due` (nil: away); without an id: many are.
local function check_line(shard, route, id, due)
  if leads(watch(line_key(shard, route)), id, due) then
    check_entry('r' .. route, B .. 'lines:' .. route)
    again_of(route)
  end
end

local function check_backlog(route)
  if not known_backlogs[route] then
    known_backlogs[route] = tonumber(call('HGET', B .. 'backlogs', route) or 0)
    local _, _, wake_at = again_of(route)
    if wake_at then
      check_entry('r' .. route, B .. 'lines:' .. route)
    end
  end
end

-- All of these, for steps that move many jobs of a line.
local function check_places(shard, route)
  check_open(shard)
  check_line(shard, route)
  check_backlog(route)
  check_counts()
  call('ZCARD', claimed_key(shard))
end

-- -- after the writes

-- A lost wake-up costs a poll interval: not worth an error.
--! rarely
local function wake(shard)
  local namespace, stripe = B:match('^(dj:1:){(.*):%d+}:$')
  redis.pcall('PUBLISH', namespace .. stripe .. ':wake', B:match(':(%d+)}:$') .. ' ' .. shard)
end

local function enter(member, want, shard)
  local had = registered[member]
  if had == nil then
    had = tonumber(call('ZSCORE', B .. 'registry', member))
  end
  if want == (had or nil) then
    return
  end
  registered[member] = want or false
  if not want then
    call('ZREM', B .. 'registry', member)
    return
  end
  call('ZADD', B .. 'registry', want, member)
  if (not had or want < had) and want < now + option('poll_interval') then
    wake(shard)
  end
end

-- Write the head of `key` into `heads` under `member`; answers whether that changed it.
local function write_head(heads, member, key)
  local want, set, had = head_now(key), watched[key], nil
  if set and not set.unseen then
    had = set.head
  else
    had = tonumber(call('ZSCORE', heads, member))
  end
  watched[key] = nil
  if want == had then
    return false
  end
  if want then
    call('ZADD', heads, want, member)
  else
    call('ZREM', heads, member)
  end
  moved(heads, member, want)
  return true
end

local COUNTED = {WAITING, CLAIMED, SENT, RUNNING, DEAD}

local function write_counts()
  if not known_counts then
    for state, by in pairs(count_changes) do
      if by ~= 0 then
        call('HINCRBY', B .. 'counts', state, by)
      end
    end
    return
  end
  local values = {}
  for place, state in ipairs(COUNTED) do
    local by = count_changes[state]
    if by and by ~= 0 then
      values[#values + 1] = state
      values[#values + 1] = tonumber(known_counts[place] or 0) + by
    end
  end
  if #values > 0 then
    call('HSET', B .. 'counts', unpack(values))
  end
end

local function write_backlog(route, by)
  local size
  if known_backlogs[route] then
    size = known_backlogs[route] + by
    if size > 0 then
      call('HSET', B .. 'backlogs', route, size)
    end
  else
    size = call('HINCRBY', B .. 'backlogs', route, by)
  end
  if size <= 0 then
    call('HDEL', B .. 'backlogs', route)
  end
  if by < 0 then
    local _, _, wake_at = again_of(route)
    if wake_at and size <= wake_at then
      call('HDEL', B .. 'again', route)
      agains[route] = false
      touched_routes[route] = touched_routes[route] or ''
    end
  end
end

--! rarely
local function write_route(route, shard)
  local lines = B .. 'lines:' .. route
  local head, first
  if shard == '' then
    head, first = head_of(lines)
  else
    head = head_now(lines)
  end
  enter('r' .. route, head and max(head, again_of(route) or 0), first or shard)
end

-- The heads of what is in flight.
local function flush_open()
  local changed
  for shard in pairs(touched_opens) do
    if write_head(B .. 'open', shard, open_key(shard)) then
      changed = shard
    end
  end
  if changed then
    enter('open', head_now(B .. 'open'), changed)
  end
  touched_opens, watched, registered = {}, {}, {}
end

local function flush()
  write_counts()
  for route, by in pairs(backlog_changes) do
    if by ~= 0 then
      write_backlog(route, by)
    end
  end
  for _, touched in pairs(touched_lines) do
    local shard, route = touched[1], touched[2]
    if write_head(B .. 'lines:' .. route, shard, line_key(shard, route)) then
      touched_routes[route] = shard
    end
  end
  for route, shard in pairs(touched_routes) do
    write_route(route, shard)
  end
  flush_open()
  touched_lines, touched_routes, count_changes, backlog_changes = {}, {}, {}, {}
  agains, known_backlogs, known_counts = {}, {}, nil
end
