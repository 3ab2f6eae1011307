-- find_ids: ids of jobs that are not in a line.
-- KEYS[1] the stripe's prefix
-- ARGV[3] "open": all in flight; "target": all of the target ARGV[4] (and of any with its hash);
--         "dead": ARGV[6] dead letters behind the end time ARGV[4] and id ARGV[5], or from the start
-- Guard: none; writes nothing.
-- Returns {id …}; of dead {id, end time …}
--! include lib/base.lua
--! include lib/after.lua
--! include lib/keys.lua

if ARGV[3] == 'dead' then
  local dead = entries_after(B .. 'dead', tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6]))
  for i = 2, #dead, 2 do
    dead[i] = tonumber(dead[i])
  end
  return dead
end

local found = {}
if ARGV[3] == 'target' then
  local prefix = target_prefix(ARGV[4])
  for _, member in ipairs(call('ZRANGEBYLEX', B .. 'targets', '[' .. prefix, '[' .. prefix .. '~')) do
    found[#found + 1] = sub(member, #prefix + 1)
  end
  return found
end
for _, shard in ipairs(call('ZRANGE', B .. 'open', 0, -1)) do
  for _, id in ipairs(call('ZRANGE', open_key(shard), 0, -1)) do
    found[#found + 1] = id
  end
end
return found
