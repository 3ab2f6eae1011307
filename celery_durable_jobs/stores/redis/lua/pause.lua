-- pause and resume: of a queue within a stripe.
-- KEYS[1] the stripe's prefix
-- ARGV[3] call id   ARGV[4] queue   ARGV[5] "pause" or "resume"
-- Guard: none. Repeated under one call id: the first answer.
-- Returns 1 where that changed anything, else 0
--! include lib/base.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/calls.lua
--! include lib/due.lua

local PAUSE_LOOK = 60 * SECOND
local queue = ARGV[4]

local said = first_answer(ARGV[3])
if said then
  return said[1]
end

local function of_queue(routes)
  local _, queues = route_texts(routes)
  local found = {}
  for _, route in ipairs(routes) do
    if queues[route] == queue then
      found[#found + 1] = route
    end
  end
  return found
end

call('ZCARD', B .. 'registry')
call('HLEN', B .. 'again')
local changed
if ARGV[5] == 'pause' then
  changed = call('SADD', B .. 'paused', queue)
  if changed == 1 then
    for _, route in ipairs(of_queue(routes_of_registry())) do
      look_again(route, now + PAUSE_LOOK, 'paused')
    end
  end
else
  changed = call('SREM', B .. 'paused', queue)
  if changed == 1 then
    local blocked = call('HKEYS', B .. 'again')
    for i, route in ipairs(blocked) do
      blocked[i] = tonumber(route)
    end
    for _, route in ipairs(of_queue(blocked)) do
      call('HDEL', B .. 'again', route)
      touched_routes[route] = ''
    end
  end
end
remember_answer(ARGV[3], changed)
flush()
return changed
