-- moves: between states, each with all that follows from it. Steps decide; nothing else moves a job.

-- Each move first checks all that it is going to write to; then it writes.

-- Of a job in flight. `at`: it stays in flight, with that deadline; nil: it leaves.
local function check_flight(job, at)
  check_counts()
  check_open(job.shard, job.id, at)
  if job.state == CLAIMED then
    call('ZCARD', claimed_key(job.shard))
  end
  if job.state ~= RUNNING then
    check_backlog(job.route)
  end
end

local function leave_flight(job, at)
  local state, shard = job.state, job.shard
  if at then
    call('ZADD', open_key(shard), at, job.id)
  else
    call('ZREM', open_key(shard), job.id)
  end
  touch_open(shard, job.id, at)
  if state == CLAIMED then
    call('ZREM', claimed_key(shard), job.id)
  end
  if state ~= RUNNING then
    count_backlog(job.route, -1)
  end
  count(state, -1)
end

-- The place that the present state puts the job into.
local function check_place(job)
  if job.state == WAITING then
    check_counts()
    check_line(job.shard, job.route, job.id)
  elseif job.state == DEAD then
    check_counts()
    call('ZCARD', B .. 'dead')
  else
    check_flight(job)
  end
end

-- Out of that place. What an older version has moved aside stands there, and isn't counted.
local function displace(job)
  if job.state == WAITING or job.state == DEAD then
    local place = job.state == DEAD and B .. 'dead' or line_key(job.shard, job.route)
    if call('ZREM', place, job.id) == 0 then
      call('ZREM', B .. 'aside', job.id)
      return
    end
    count(job.state, -1)
    if job.state == WAITING then
      touch_line(job.shard, job.route, job.id)
    end
  else
    leave_flight(job)
  end
end

local function check_wait(job, due)
  check_place(job)
  check_line(job.shard, job.route, job.id, due)
  check_key(job)
  if job.state == DEAD then
    check_target(job)
  end
end

-- Into the line, due then, and out of where it was.
local function enter_line(job, due)
  displace(job)
  job.state, job.due = WAITING, due
  call('ZADD', line_key(job.shard, job.route), due, job.id)
  touch_line(job.shard, job.route, job.id, due)
  count(WAITING, 1)
  take_key(job)
end

-- Back to waiting. The old generation means nothing any more: the next claim gives a new one.
local function wait(job, due)
  local run = run_of(job)
  check_wait(job, due)
  if job.state == DEAD then
    list_target(job)
  end
  enter_line(job, due)
  run[STATE], run[DUE], run[CANCEL], run[DELIVERY], run[TOKEN] = WAITING, due, false, '', ''
  save_run(job)
end

-- Where jobs end: asked before the first write by scripts that may end several. (One that ends a single job writes that
-- first.)
local function check_ends(id)
  call('ZCARD', B .. 'dead')
  kept('ended', id)
end

-- A run that has begun has given its key back already, unless the key is kept until the job ends.
local function check_end(job)
  check_place(job)
  if job.state ~= RUNNING or job.until_ended then
    check_key(job)
  end
  check_target(job)
end

local function drop(job)
  displace(job)
  call('HDEL', jobs_key(job.shard), job.id)
  call('HDEL', runs_key(job.shard), job.id)
  free_key(job)
  unlist_target(job)
end

-- Without a trace.
local function remove(job)
  check_end(job)
  drop(job)
end

-- Succeeded, cancelled or expired: nothing but the outcome is left. Answers the record as it was at its end, unless
-- nobody is going to see it.
local function end_as(job, outcome, errors, unseen)
  local run = run_of(job)
  check_end(job)
  errors = cut(errors, 8000) or false
  keep('ended', job.id, pack_ended({
    outcome = outcome, ended = now, digest = job.digest, handler = job.handler, name = job.name, due = job.due,
    attempt = run[ATTEMPT], error = cut(errors, 200),
    last = run[LAST_DELIVERY] ~= '' and {run[LAST_DELIVERY], run[LAST_STATE], run[LAST_DUE]},
  }))
  drop(job)
  job.state, run[STATE], run[ERROR], run[ENDED_AT] = outcome, outcome, errors, now
  return not unseen and view(job)
end

-- A dead letter: all of it stays. Answers it.
local function die(job, errors)
  local run = run_of(job)
  check_end(job)
  call('ZCARD', B .. 'dead')
  displace(job)
  free_key(job)
  unlist_target(job)
  job.state = DEAD
  run[STATE], run[ERROR], run[ENDED_AT] = DEAD, cut(errors, 8000) or false, now
  save_run(job)
  call('ZADD', B .. 'dead', now, job.id)
  count(DEAD, 1)
  return view(job)
end

--! rarely
local function expire(job)
  return end_as(job, EXPIRED, job.run and job.run[ERROR])
end

-- End a job that has not begun and is past its `expires`; answers its record where it did.
local function expire_if_due(job)
  return job.expires and job.expires <= now and job.state <= SENT and expire(job)
end

--! rarely
local function end_or_bury(job, state, errors, unseen)
  if state == DEAD then
    return die(job, errors)
  end
  return end_as(job, state, errors, unseen)
end

-- Whatever the state. `delivery`: it is answered this, now and whenever it asks again. Answers the record of a job that
-- this ends (unless `unseen`) or buries.
local function move(job, state, due, errors, delivery, unseen)
  local run = run_of(job)
  if delivery then
    run[LAST_DELIVERY], run[LAST_STATE], run[LAST_DUE] = delivery, state, due or false
  end
  if state ~= WAITING then
    return end_or_bury(job, state, errors, unseen)
  end
  wait(job, due)
end
