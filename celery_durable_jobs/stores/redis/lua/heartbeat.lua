-- heartbeat: runs are alive. All runs of one call lie in one stripe (the store sends one call a stripe).
-- KEYS[1] the stripe's prefix
-- ARGV[3…] id, delivery id, own run lease in µs or '' of each
-- Guard: `running`, delivery id.
-- Returns {"alive" | "cancel" | "taken_over", …}
--! include lib/base.lua
--! include lib/run.lua
--! include lib/registry.lua

local pulses, alive, own = {}, {}, option('run_lease')
for i = 3, #ARGV, 3 do
  local id, lease = ARGV[i], tonumber(ARGV[i + 2]) or own
  local shard, pulse = shard_of(id), 'taken_over'
  local packed = call('HGET', runs_key(shard), id)
  local run = packed and read_run(packed)
  if run and run[STATE] == RUNNING and run[DELIVERY] == ARGV[i + 1] then
    check_open(shard, id, now + lease)
    alive[#alive + 1] = {shard, id, now + lease}
    pulse = run[CANCEL] and 'cancel' or 'alive'
  end
  pulses[#pulses + 1] = pulse
end
for _, each in ipairs(alive) do
  call('ZADD', open_key(each[1]), each[3], each[2])
  touch_open(unpack(each))
end
flush_open()
return pulses
