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

-- Shards with something due on an open route, or overdue: shard -> {head, {route text, head, …}, overdue}, at most
-- `bound` of each kind (the oldest).
local function due_shards(bound)
  local due_routes, late, shards = {}, false, {}
  for _, member in ipairs(call('ZRANGEBYSCORE', B .. 'registry', '-inf', now)) do
    if member == 'open' then
      late = true
    else
      due_routes[#due_routes + 1] = tonumber(sub(member, 2))
    end
  end
  if #due_routes > 0 then
    local names, queues = route_texts(due_routes)
    for _, route in ipairs(due_routes) do
      if not (queues[route] and call('SISMEMBER', B .. 'paused', queues[route]) == 1) then
        local heads = call('ZRANGEBYSCORE', B .. 'lines:' .. route, '-inf', now, 'WITHSCORES', 'LIMIT', 0, bound)
        for i = 1, #heads, 2 do
          local shard, head = heads[i], tonumber(heads[i + 1])
          local found = shards[shard] or {head = head, lines = {}, late = false}
          found.head = min(found.head, head)
          found.lines[#found.lines + 1] = {head, names[route]}
          shards[shard] = found
        end
      end
    end
  end
  if late then
    local heads = call('ZRANGEBYSCORE', B .. 'open', '-inf', now, 'WITHSCORES', 'LIMIT', 0, bound)
    for i = 1, #heads, 2 do
      local head = tonumber(heads[i + 1])
      local found = shards[heads[i]] or {head = head, lines = {}}
      found.head, found.late = min(found.head, head), true
      shards[heads[i]] = found
    end
  end
  return shards
end

-- The first moment after now at which something becomes due, overdue, or is to be looked at again; nil for none.
local function next_time()
  local found = call('ZRANGEBYSCORE', B .. 'registry', '(' .. text(now), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
  local soonest = tonumber(found[2])
  for _, member in ipairs(call('ZRANGEBYSCORE', B .. 'registry', '-inf', now)) do
    local heads = member == 'open' and 'open' or 'lines:' .. sub(member, 2)
    local later = call('ZRANGEBYSCORE', B .. heads, '(' .. text(now), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
    local at = tonumber(later[2])
    if at and (not soonest or at < soonest) then
      soonest = at
    end
  end
  return soonest
end
