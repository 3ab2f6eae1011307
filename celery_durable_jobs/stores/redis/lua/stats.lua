-- stats: figures of one stripe, from counters and cardinalities.
-- KEYS[1] the stripe's prefix
-- Guard: none; writes nothing.
-- Returns {now, {counts: state, number …}, {route text, backlog, head or -1, why it is blocked or '' …}, ended, aside,
-- {paused queues}, shards, contact since}
--! include lib/base.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/due.lua
--! include lib/contact.lua

local seen, numbers = {}, {}

local function add_route(number)
  if number and not seen[number] then
    seen[number] = true
    numbers[#numbers + 1] = number
  end
end

for _, number in ipairs(routes_of_registry()) do
  add_route(number)
end
local backlogs = call('HGETALL', B .. 'backlogs')
for i = 1, #backlogs, 2 do
  add_route(tonumber(backlogs[i]))
end

local names, queues = route_texts(numbers)
local rows, shards = {}, call('ZCARD', B .. 'open')
for _, number in ipairs(numbers) do
  local head = head_of(B .. 'lines:' .. number)
  local at, why = again_of(number)
  local blocked = at and at > now and why or ''
  if queues[number] and call('SISMEMBER', B .. 'paused', queues[number]) == 1 then
    blocked = 'paused'
  end
  shards = shards + call('ZCARD', B .. 'lines:' .. number)
  rows[#rows + 1] = names[number] or ''
  rows[#rows + 1] = tonumber(call('HGET', B .. 'backlogs', number) or 0)
  rows[#rows + 1] = head or -1
  rows[#rows + 1] = blocked
end

-- Ended jobs: few are counted one by one. Of many the hashes' sizes are added up, with what is past its time and not
-- dropped yet.
local ENDED_ONE_BY_ONE = 1000
local ended, known, hashes = 0, family('ended'), {}
for hash = 0, known.hashes - 1 do
  hashes[#hashes + 1] = bucket_key('ended', known.number, hash)
end
for hash = 0, known.before - 1 do
  hashes[#hashes + 1] = bucket_key('ended', known.number - 1, hash)
end
for _, key in ipairs(hashes) do
  ended = ended + call('HLEN', key)
end
if ended <= ENDED_ONE_BY_ONE then
  ended = 0
  for _, key in ipairs(hashes) do
    for _, entry in ipairs(call('HVALS', key)) do
      if read_ended(entry) then
        ended = ended + 1
      end
    end
  end
end
return {now, call('HGETALL', B .. 'counts'), rows, ended, call('ZCARD', B .. 'aside'),
        call('SMEMBERS', B .. 'paused'), shards, contact_since() or 0}
