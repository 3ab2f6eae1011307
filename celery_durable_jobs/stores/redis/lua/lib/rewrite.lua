-- rewrite: what a client's change and an add with on_conflict="replace" do to a job that has not begun.

-- Back to waiting with these parts, and with its key again if that is free; `metadata` and `content` as `build_record`
-- takes them. The caller sets `expires`.
local function rewrite(job, due, metadata, content)
  check_wait(job, due)
  enter_line(job, due)
  job.record_due = due
  call('HSET', jobs_key(job.shard), job.id, build_record(job, metadata, content))
  local run = job.run
  if run then
    run[STATE], run[DUE], run[EXPIRES], run[DELIVERY], run[TOKEN] = WAITING, due, job.expires or false, '', ''
    save_run(job)
  end
end
