-- keepers: those that looked within an hour and didn't leave, as one stripe knows them.
-- KEYS[1] the stripe's prefix
-- Guard: none; writes nothing.
-- Returns {now, keeper, its last look, what it told of itself …}
--! include lib/base.lua

local KEEPER_SEEN = 3600 * SECOND
local found = {now}
local looks = call('ZRANGEBYSCORE', B .. 'looks', '(' .. text(now - KEEPER_SEEN), '+inf', 'WITHSCORES')
for i = 1, #looks, 2 do
  local entry = call('HGET', B .. 'keepers', looks[i])
  if entry then
    found[#found + 1] = looks[i]
    found[#found + 1] = tonumber(looks[i + 1])
    found[#found + 1] = sub(entry, 8)
  end
end
return found
