-- rewrite: what a client's change and an add with on_conflict="replace" do to a job that has not begun.

-- Back to waiting with these parts, and with its key again if that is free; `metadata` and `content` as `build_record` takes them. The caller sets `expires`.
local function rewrite(job, due, metadata, content)
  displace(job)
  job.record_due, job.due, job.state = due, due, WAITING
  call('HSET', jobs_key(job.shard), job.id, build_record(job, metadata, content))
  local run = job.run
  if run then
    run[STATE], run[DUE], run[EXPIRES], run[DELIVERY], run[TOKEN] = WAITING, due, job.expires or false, '', ''
    save_run(job)
  end
  call('ZADD', line_key(job.shard, job.route), due, job.id)
  touch_line(job.shard, job.route)
  count(WAITING, 1)
  take_key(job)
end
