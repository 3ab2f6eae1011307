-- hold: a worker's parent has taken the messages and will begin them. All of one call lie in one stripe.
-- KEYS[1] the stripe's prefix
-- ARGV[3…] id, generation, delivery id, own run lease in µs or '' of each
-- Guard: `claimed` or `sent`, generation; running under this very delivery is held too.
-- Returns for each: '' or a refusal as begin.lua
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/refusals.lua

-- What the run alone doesn't tell: not at this generation, or past its `expires`.
--! rarely
local function refusal(id, generation, delivery)
  local job = load(id)
  if not job then
    return not_stored(id)
  end
  if job.state == RUNNING and job.run[DELIVERY] == delivery then
    return ''
  end
  local expired = expire_if_due(job)
  if expired then
    flush()
    return refused('ended', EXPIRED, expired)
  end
  return refused(not_sent(job, generation), job.state)
end

local answers, held, doubtful = {}, {}, {}
for i = 3, #ARGV, 4 do
  local id, generation = ARGV[i], tonumber(ARGV[i + 1])
  local shard = shard_of(id)
  local packed = call('HGET', runs_key(shard), id)
  local run = packed and read_run(packed)
  answers[#answers + 1] = ''
  if run and (run[STATE] == CLAIMED or run[STATE] == SENT) and run[GENERATION] == generation
    and not (run[EXPIRES] and run[EXPIRES] <= now) then
    local deadline = now + (tonumber(ARGV[i + 3]) or option('run_lease'))
    check_open(shard, id, deadline)
    held[#held + 1] = {shard, id, deadline, run}
  else
    doubtful[#doubtful + 1] = i
  end
end
for _, each in ipairs(held) do
  local shard, id, deadline, run = unpack(each)
  if run[STATE] == CLAIMED and not run[HELD] then
    run[HELD] = true
    call('HSET', runs_key(shard), id, cmsgpack.pack(run))
  end
  call('ZADD', open_key(shard), deadline, id)
  touch_open(shard, id, deadline)
end
flush_open()
for _, i in ipairs(doubtful) do
  answers[(i + 1) / 4] = refusal(ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2])
end
return answers
