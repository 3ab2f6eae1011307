-- begin: a worker starts a run.
-- KEYS[1] the stripe's prefix
-- ARGV[3] id   ARGV[4] generation   ARGV[5] delivery id   ARGV[6] the handler's own run lease in µs, or ''
-- Guard: `claimed` or `sent`, generation; or already running under this delivery id: the same answer.
-- Returns {"begun", slim view, now, lease until, 1 where it is a poll, texts}
-- or {"refused", why, state or 0, view of the job that this step ended as expired or '', texts}
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

local id, delivery = ARGV[3], ARGV[5]
local lease = ARGV[6] ~= '' and tonumber(ARGV[6]) or option('run_lease')
local deadline = now + lease

local function begun(job)
  call('ZADD', open_key(job.shard), deadline, id)
  touch_open(job.shard)
  flush()
  return {'begun', view(job, 'slim'), now, deadline, job.run[POLLED] and 1 or 0, texts()}
end

local job = load(id)
if not job then
  return not_stored(id, delivery)
end
local run = run_of(job)
if job.state == RUNNING and run[DELIVERY] == delivery then
  return begun(job)
end
if run[LAST_DELIVERY] == delivery then
  return refused('begun', job.state)
end
local expired = expire_if_due(job)
if expired then
  flush()
  return refused('ended', EXPIRED, expired)
end
local why = not_sent(job, tonumber(ARGV[4]))
if why then
  return refused(why, job.state)
end

displace(job)
count(RUNNING, 1)
job.state = RUNNING
run[STATE], run[DELIVERY], run[UNKNOWN_SINCE] = RUNNING, delivery, false
run[POLLED], run[POLL_NEXT] = run[POLL_NEXT], false
if not run[POLLED] then
  run[ATTEMPT], run[RUN_ID] = run[ATTEMPT] + 1, delivery
end
save_run(job)
if not job.until_ended then
  free_key(job)
end
return begun(job)
