-- moves: between states, each with all that follows from it. Steps decide; nothing else moves a job.

-- Out of the place that the present state puts the job into.
local function displace(job)
  local state, shard = job.state, job.shard
  if state == WAITING then
    call('ZREM', line_key(shard, job.route), job.id)
    touch_line(shard, job.route)
  elseif state == DEAD then
    call('ZREM', B .. 'dead', job.id)
  else
    call('ZREM', open_key(shard), job.id)
    touch_open(shard)
    if state == CLAIMED then
      call('ZREM', claimed_key(shard), job.id)
    end
    if state ~= RUNNING then
      count_backlog(job.route, -1)
    end
  end
  count(state, -1)
end

-- Into the line, due then. The old generation means nothing any more: the next claim gives a new one.
local function wait(job, due)
  local run = run_of(job)
  if job.state == DEAD then
    list_target(job)
  end
  displace(job)
  job.state, job.due = WAITING, due
  run[STATE], run[DUE], run[CANCEL], run[DELIVERY], run[TOKEN] = WAITING, due, false, '', ''
  save_run(job)
  call('ZADD', line_key(job.shard, job.route), due, job.id)
  touch_line(job.shard, job.route)
  count(WAITING, 1)
  take_key(job)
end

-- Where jobs end: asked before the first write by scripts that may end several. (One that ends a single job asks then.)
local function check_ends(id)
  call('ZCARD', B .. 'dead')
  kept('ended', id)
end

-- Without a trace.
local function remove(job)
  displace(job)
  call('HDEL', jobs_key(job.shard), job.id)
  call('HDEL', runs_key(job.shard), job.id)
  free_key(job)
  unlist_target(job)
end

-- Succeeded, cancelled or expired: nothing but the outcome is left. Answers the record as it was at its end.
local function end_as(job, outcome, errors)
  local run = run_of(job)
  kept('ended', job.id)
  remove(job)
  errors = cut(errors, 8000) or false
  job.state, run[STATE], run[ERROR], run[ENDED_AT] = outcome, outcome, errors, now
  keep('ended', job.id, pack_ended({
    outcome = outcome, ended = now, digest = job.digest, handler = job.handler, name = job.name, due = job.due,
    attempt = run[ATTEMPT], error = cut(errors, 200),
    last = run[LAST_DELIVERY] ~= '' and {run[LAST_DELIVERY], run[LAST_STATE], run[LAST_DUE]},
  }))
  return view(job)
end

-- A dead letter: all of it stays. Answers it.
local function die(job, errors)
  local run = run_of(job)
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

-- End a job that has not begun and is past its `expires`; answers its record where it did.
local function expire_if_due(job)
  if job.state <= SENT and job.expires and job.expires <= now then
    return end_as(job, EXPIRED, job.run and job.run[ERROR])
  end
end

-- Whatever the state. `delivery`: it is answered this, now and whenever it asks again. Answers the record of a job that
-- this ends or buries.
local function move(job, state, due, errors, delivery)
  local run = run_of(job)
  if delivery then
    run[LAST_DELIVERY], run[LAST_STATE], run[LAST_DUE] = delivery, state, due or false
  end
  if state == WAITING then
    wait(job, due)
  elseif state == DEAD then
    return die(job, errors)
  else
    return end_as(job, state, errors)
  end
end
