-- due: what a look sees of a stripe: shards with something due or overdue, and when something will be.

local function routes_of_registry()
  local routes = {}
  for _, member in ipairs(call('ZRANGE', B .. 'registry', 0, -1)) do
    if member ~= 'open' then
      routes[#routes + 1] = tonumber(sub(member, 2))
    end
  end
  return routes
end

-- Texts and queues of routes: two tables by number.
local function route_texts(routes)
  local fields, names, queues = {}, {}, {}
  for i, route in ipairs(routes) do
    fields[2 * i - 1], fields[2 * i] = 'R' .. route, 'Q' .. route
  end
  local got = many('HMGET', B .. 'names', fields)
  for i, route in ipairs(routes) do
    names[route], queues[route] = got[2 * i - 1], got[2 * i]
  end
  return names, queues
end

-- Where something is due on an open route, or overdue: {heads, route text or nil for what is in flight} each; and the
-- first moment after now at which something becomes due, overdue, or is to be looked at again (nil for none).
local function due_sources()
  local registry, sources, routes, soonest = call('ZRANGE', B .. 'registry', 0, -1, 'WITHSCORES'), {}, {}, nil
  local function sooner(at)
    if at and (not soonest or at < soonest) then
      soonest = at
    end
  end
  for i = 1, #registry, 2 do
    local member, at = registry[i], tonumber(registry[i + 1])
    if at > now then
      sooner(at)
      break
    end
    local heads = member == 'open' and B .. 'open' or B .. 'lines:' .. sub(member, 2)
    sooner(tonumber(call('ZRANGEBYSCORE', heads, '(' .. text(now), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]))
    if member == 'open' then
      sources[#sources + 1] = {heads = heads}
    else
      routes[#routes + 1] = tonumber(sub(member, 2))
    end
  end
  local names, queues = route_texts(routes)
  for _, route in ipairs(routes) do
    if not (queues[route] and call('SISMEMBER', B .. 'paused', queues[route]) == 1) then
      sources[#sources + 1] = {heads = B .. 'lines:' .. route, name = names[route]}
    end
  end
  return sources, soonest, #registry == 0
end

-- What of these shards is due in these sources: shard -> {head, {{head, route text} …}, overdue}.
local function due_of(shards, sources)
  local due = {}
  for _, source in ipairs(sources) do
    for i, score in ipairs(many('ZMSCORE', source.heads, shards)) do
      local head = tonumber(score or nil)
      if head and head <= now then
        local found = due[shards[i]] or {head = head, lines = {}}
        due[shards[i]] = found
        found.head = min(found.head, head)
        if source.name then
          found.lines[#found.lines + 1] = {head, source.name}
        else
          found.late = true
        end
      end
    end
  end
  return due
end

-- What the keeper of this line can't know: now where another line of the stripe is due; else the first moment after now
-- at which a keeper is needed; -1 for none.
local function next_need(shard, route)
  local soonest, after_now = -1, '(' .. text(now)
  local function sooner(key)
    local at = tonumber(call('ZRANGEBYSCORE', key, after_now, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2])
    if at and (soonest < 0 or at < soonest) then
      soonest = at
    end
  end
  for _, member in ipairs(call('ZRANGEBYSCORE', B .. 'registry', '-inf', now, 'LIMIT', 0, 3)) do
    local heads = member == 'open' and B .. 'open' or B .. 'lines:' .. sub(member, 2)
    if member ~= 'open' then
      local due = call('ZRANGEBYSCORE', heads, '-inf', now, 'LIMIT', 0, 2)
      if member ~= 'r' .. route or due[2] or (due[1] and due[1] ~= shard) then
        return now
      end
    end
    sooner(heads)
  end
  sooner(B .. 'registry')
  return soonest
end
