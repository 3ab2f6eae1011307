-- job: a job's record and run together, and how an answer shows it.

local function attach_run(job, packed)
  if packed then
    job.run = read_run(packed)
    job.state, job.due = job.run[STATE], job.run[DUE]
  else
    job.state, job.due = WAITING, job.record_due
  end
  return job
end

-- The job of this id. nil and false: not stored; nil and true: its record is of a newer version.
local function load(id)
  local shard = shard_of(id)
  local raw = call('HGET', jobs_key(shard), id)
  if not raw then
    return nil, false
  end
  local job = parse_record(id, raw)
  if not job then
    return nil, true
  end
  return attach_run(job, call('HGET', runs_key(shard), id)), false
end

local function run_of(job)
  if not job.run then
    job.run = new_run(job)
  end
  return job.run
end

-- A job in an answer, one string (records.py takes it apart). `raw`: its record, or what is shown of that; `more`: 16
-- where it is without its content.
local function show_job(job, raw, more)
  local run = job.run or new_run(job)
  local errors, ended = run[ERROR], run[ENDED_AT]
  local flags = (run[CANCEL] and 1 or 0) + (run[RUN_ID] ~= '' and 2 or 0) + (errors and 4 or 0) + (ended and 8 or 0)
  return pack('>BBI7I7I4I4I4I4I7I2I4', job.state, flags + more, job.due, run[GENERATION], run[ATTEMPT], run[FAILURES],
    run[LOST_RUNS], run[LOST_POINTS], ended or 0, #run[RUN_ID], #(errors or '')) .. job.id .. run[RUN_ID]
    .. (errors or '') .. raw
end

-- All of it.
local function view(job)
  mention('H', job.handler)
  mention('R', job.route)
  return show_job(job, job.raw, 0)
end

-- Without route and content.
local function slim_view(job)
  return show_job(job, sub(job.raw, 1, job.content_at - 1), 16)
end

-- What is left of an ended job, as `view` shows jobs; nil of a forgotten one.
local function view_ended(id, entry)
  if not entry.handler then
    return nil
  end
  local name, errors = entry.name, entry.error or ''
  mention('H', entry.handler)
  return pack('>BBI7I7I4I4I4I4I7I2I4', entry.outcome, (entry.error and 4 or 0) + 8 + 32, entry.due, 0,
    entry.attempt, 0, 0, 0, entry.ended, 0, #errors) .. id .. errors
    .. pack('>I3B', entry.handler, name and 1 or 0) .. (name or '')
end
