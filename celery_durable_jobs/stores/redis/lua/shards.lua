-- shards: those with something in them, the oldest head first.
-- KEYS[1] the stripe's prefix
-- ARGV[3] limit
-- Guard: none; writes nothing.
-- Returns {{shard, token or '', lease until, head of what is in flight or -1, {route text, head …}} …}
--! include lib/base.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/leases.lua
--! include lib/due.lua

local limit = tonumber(ARGV[3])
local numbers = routes_of_registry()
local names = route_texts(numbers)
local entries, order = {}, {}

local function entry_of(shard, head)
  local entry = entries[shard]
  if not entry then
    entry = {shard = shard, head = head, open = -1, lines = {}}
    entries[shard] = entry
    order[#order + 1] = entry
  end
  entry.head = min(entry.head, head)
  return entry
end

-- The shard that is among the oldest overall is among the oldest of some line, so `limit` of each are enough to know
-- which; their other lines are asked for afterwards.
for _, number in ipairs(numbers) do
  local heads = call('ZRANGE', B .. 'lines:' .. number, 0, limit - 1, 'WITHSCORES')
  for i = 1, #heads, 2 do
    entry_of(heads[i], tonumber(heads[i + 1]))
  end
end
local opens = call('ZRANGE', B .. 'open', 0, limit - 1, 'WITHSCORES')
for i = 1, #opens, 2 do
  entry_of(opens[i], tonumber(opens[i + 1]))
end
table.sort(order, function(one, other)
  if one.head ~= other.head then
    return one.head < other.head
  end
  return one.shard < other.shard
end)

local found = {}
for i = 1, min(limit, #order) do
  local shard, lines = order[i].shard, {}
  for _, number in ipairs(numbers) do
    local head = call('ZSCORE', B .. 'lines:' .. number, shard)
    if head then
      lines[#lines + 1] = names[number] or ''
      lines[#lines + 1] = tonumber(head)
    end
  end
  local open = tonumber(call('ZSCORE', B .. 'open', shard) or -1)
  local lease = call('HGET', B .. 'leases', shard)
  local till = lease and unpacked('>I7', lease) or 0
  local held = lease and till > now
  found[i] = {shard, held and sub(lease, 8) or '', held and till or 0, open, lines}
end
return found
