-- replay: a dead letter gets another life.
-- KEYS[1] the stripe's prefix
-- ARGV[3] call id   ARGV[4] id   ARGV[5] due (moment)   ARGV[6] expires (moment or '')
-- Guard: `dead`, and its key free or its own. Repeated under one call id: the first outcome.
-- Returns {outcome, view or '', id of the key's holder or '', texts}; {"newer"} for a record of a newer version
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/calls.lua

local id = ARGV[4]

local function answer(outcome, holder)
  local shown
  if outcome == 'replayed' then
    local job = load(id)
    local entry = not job and ended_entry(id)
    shown = job and view(job) or entry and view_ended(id, entry)
  end
  return {outcome, shown or '', holder or '', texts()}
end

local said = first_answer(ARGV[3])
if said then
  return answer(said[1], said[2])
end
local job, newer = load(id)
if newer then
  return {'newer'}
end

local outcome, holder = 'not_found', nil
if job and job.state == DEAD then
  holder = job.key and holder_of(job.key, job.target)
  if holder and holder ~= id then
    outcome = 'key_taken'
  else
    outcome, holder = 'replayed', nil
    check_wait(job, moment(ARGV[5]))
    local run, due = job.run, moment(ARGV[5])
    local metadata, content = metadata_of(job), sub(job.raw, job.content_at)
    job.record_due, job.expires = due, ARGV[6] ~= '' and moment(ARGV[6]) or nil
    run[ATTEMPT], run[FAILURES], run[LOST_RUNS], run[LOST_POINTS] = 0, 0, 0, 0
    run[POLL_NEXT], run[ERROR], run[ENDED_AT], run[UNKNOWN_SINCE] = false, false, false, false
    run[EXPIRES] = job.expires or false
    call('HSET', jobs_key(job.shard), id, build_record(job, metadata, content))
    wait(job, due)
  end
elseif job then
  outcome = 'not_dead'
else
  local entry = ended_entry(id)
  outcome = entry and entry.handler and 'not_dead' or 'not_found'
end
remember_answer(ARGV[3], outcome, holder or false)
flush()
return answer(outcome, holder)
