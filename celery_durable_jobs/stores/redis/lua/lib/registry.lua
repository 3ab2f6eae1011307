-- registry: heads, counters and the registry entries that follow from them.
--
--   lines:<route>  sorted set, shard -> head of its line          always true
--   open           sorted set, shard -> smallest deadline of its jobs in flight   always true
--   registry       sorted set, "r<route>" and "open" -> the time from which a keeper is needed
--   counts         hash, state number -> jobs in it               backlogs   hash, route -> claimed or sent
--   again          hash, route -> "<µs>:<why>:<number to wake at>": not to be looked at before; a route's entry in the
--                  registry is the later of its head and this
--
-- Steps say what they touched; `flush`, the last call of every script that writes, makes all of it true again. It wakes
-- the keepers when an entry has come nearer than a poll interval.

local touched_lines, touched_opens, touched_routes, count_changes, backlog_changes = {}, {}, {}, {}, {}

local function touch_line(shard, route)
  touched_lines[shard .. route] = {shard, route}
end

local function touch_open(shard)
  touched_opens[shard] = true
end

local function count(state, by)
  count_changes[state] = (count_changes[state] or 0) + by
end

local function count_backlog(route, by)
  backlog_changes[route] = (backlog_changes[route] or 0) + by
end

local function again_of(route)
  local stored = call('HGET', B .. 'again', route)
  if stored then
    local at, why, wake_at = stored:match('^(%d+):(%a+):(%d*)$')
    return tonumber(at), why, tonumber(wake_at)
  end
end

local function look_again(route, at, why, wake_at)
  call('HSET', B .. 'again', route, text(at) .. ':' .. why .. ':' .. (wake_at or ''))
  touched_routes[route] = touched_routes[route] or ''
end

-- A lost wake-up costs a poll interval: not worth an error.
local function wake(shard)
  local namespace, stripe = B:match('^(dj:1:){(.*):%d+}:$')
  redis.pcall('PUBLISH', namespace .. stripe .. ':wake', B:match(':(%d+)}:$') .. ' ' .. shard)
end

local function enter(member, want, shard)
  local had = tonumber(call('ZSCORE', B .. 'registry', member))
  if want == had then
    return
  end
  if not want then
    call('ZREM', B .. 'registry', member)
    return
  end
  call('ZADD', B .. 'registry', want, member)
  if (not had or want < had) and want < now + option('poll_interval') then
    wake(shard)
  end
end

local function head_of(key)
  local head = call('ZRANGE', key, 0, 0, 'WITHSCORES')
  return tonumber(head[2]), head[1]
end

-- Write the head of `key` into `heads` under `member`; answers whether that changed it.
local function write_head(heads, member, key)
  local want, had = head_of(key), tonumber(call('ZSCORE', heads, member))
  if want == had then
    return false
  end
  if want then
    call('ZADD', heads, want, member)
  else
    call('ZREM', heads, member)
  end
  return true
end

local function flush()
  for state, by in pairs(count_changes) do
    if by ~= 0 then
      call('HINCRBY', B .. 'counts', state, by)
    end
  end
  for route, by in pairs(backlog_changes) do
    if by ~= 0 then
      local size = call('HINCRBY', B .. 'backlogs', route, by)
      if size <= 0 then
        call('HDEL', B .. 'backlogs', route)
      end
      if by < 0 then
        local _, why, wake_at = again_of(route)
        if wake_at and size <= wake_at then
          call('HDEL', B .. 'again', route)
          touched_routes[route] = touched_routes[route] or ''
        end
      end
    end
  end
  for _, touched in pairs(touched_lines) do
    local shard, route = touched[1], touched[2]
    if write_head(B .. 'lines:' .. route, shard, line_key(shard, route)) then
      touched_routes[route] = shard
    end
  end
  for route, shard in pairs(touched_routes) do
    local head, first = head_of(B .. 'lines:' .. route)
    local at = again_of(route)
    if at and not head and at <= now then
      call('HDEL', B .. 'again', route)
    end
    enter('r' .. route, head and max(head, at or 0), first or shard)
  end
  local changed
  for shard in pairs(touched_opens) do
    if write_head(B .. 'open', shard, open_key(shard)) then
      changed = shard
    end
  end
  if changed then
    enter('open', head_of(B .. 'open'), changed)
  end
  touched_lines, touched_opens, touched_routes, count_changes, backlog_changes = {}, {}, {}, {}, {}
end

-- Before the first write: a destination of a foreign type would stop the script half-way. Each of these reads fails on
-- it instead.
local function check_heads()
  call('ZCARD', B .. 'open')
  call('ZCARD', B .. 'registry')
end

local function check_places(shard, route)
  check_heads()
  call('ZCARD', line_key(shard, route))
  call('ZCARD', open_key(shard))
  call('ZCARD', claimed_key(shard))
  call('ZCARD', B .. 'lines:' .. route)
  call('HLEN', B .. 'counts')
  call('HLEN', B .. 'backlogs')
  call('HLEN', B .. 'again')
end
