-- release: a keeper lets leases go, of one stripe.
-- KEYS[1] the stripe's prefix
-- ARGV[3] keeper   ARGV[4] "1": it leaves, and its live entry goes too   ARGV[5…] shard, token of each
-- Guard: token, for each.
-- Returns how many were let go
--! include lib/base.lua
--! include lib/registry.lua
--! include lib/leases.lua

local released = 0
for i = 5, #ARGV, 2 do
  if let_go(ARGV[i], ARGV[i + 1]) then
    released = released + 1
  end
end
if ARGV[4] == '1' then
  call('ZREM', B .. 'looks', ARGV[3])
  call('HDEL', B .. 'keepers', ARGV[3])
  if released == 0 then
    wake('')
  end
end
return released
