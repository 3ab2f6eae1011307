-- begin: a worker starts a run.
-- KEYS[1] the stripe's prefix
-- ARGV[3] id   ARGV[4] generation   ARGV[5] delivery id   ARGV[6] the handler's own run lease in µs, or ''
-- ARGV[7] "1": answer all of the job, its arguments too
-- Guard: `claimed` or `sent`, generation; or already running under this delivery id: the same answer.
-- Returns {"begun", (slim) view, now, lease until, 1 where it is a poll, texts}
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
--! include lib/usual.lua

local id, delivery = ARGV[3], ARGV[5]
local lease = ARGV[6] ~= '' and tonumber(ARGV[6]) or option('run_lease')
local deadline = now + lease

--! rarely
local function begun_in_full(job)
  return {'begun', view(job), now, deadline, job.run[POLLED] and 1 or 0, texts()}
end

local function begun(job)
  if ARGV[7] == '1' then
    return begun_in_full(job)
  end
  local handler = 'H' .. job.handler
  local names = {handler, call('HGET', B .. 'names', handler)}
  return {'begun', slim_view(job), now, deadline, job.run[POLLED] and 1 or 0, names}
end

-- What changes in the job itself.
local function run_it(job)
  local run = job.run
  job.state = RUNNING
  run[STATE], run[DELIVERY], run[UNKNOWN_SINCE] = RUNNING, delivery, false
  run[POLLED], run[POLL_NEXT] = run[POLL_NEXT], false
  if not run[POLLED] then
    run[ATTEMPT], run[RUN_ID] = run[ATTEMPT] + 1, delivery
  end
  call('HSET', runs_key(job.shard), id, cmsgpack.pack(run))
end

local job = load(id)

-- The usual case.
if job and job.state == SENT and job.run[GENERATION] == tonumber(ARGV[4]) and job.run[LAST_DELIVERY] ~= delivery
  and not (job.expires and job.expires <= now) and not call('HGET', B .. 'again', job.route) then
  local shard, route = job.shard, job.route
  local backlog, numbers = call('HGET', B .. 'backlogs', route), call('HMGET', B .. 'counts', SENT, RUNNING)
  local field = job.key and not job.until_ended and key_field(job.key, job.target)
  local holder = field and call('HGET', B .. 'keys', field)
  local heads = usual_heads(shard, id, deadline)
  backlog = tonumber(backlog or 0) - 1
  if heads ~= nil and backlog >= 0 then
    call('ZADD', open_key(shard), deadline, id)
    call('HSET', B .. 'counts', SENT, (numbers[1] or 0) - 1, RUNNING, (numbers[2] or 0) + 1)
    if backlog > 0 then
      call('HSET', B .. 'backlogs', route, backlog)
    else
      call('HDEL', B .. 'backlogs', route)
    end
    if holder == id then
      call('HDEL', B .. 'keys', field)
    end
    if heads then
      write_heads(shard, heads)
    end
    run_it(job)
    return begun(job)
  end
end

if not job then
  return not_stored(id, delivery)
end
local run = run_of(job)
if job.state == RUNNING and run[DELIVERY] == delivery then
  check_open(job.shard, id, deadline)
  call('ZADD', open_key(job.shard), deadline, id)
  touch_open(job.shard, id, deadline)
  flush()
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

check_flight(job, deadline)
if not job.until_ended then
  check_key(job)
end
leave_flight(job, deadline)
count(RUNNING, 1)
if not job.until_ended then
  free_key(job)
end
run_it(job)
flush()
return begun(job)
