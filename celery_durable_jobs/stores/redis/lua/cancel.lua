-- cancel: a client wants no further run.
-- KEYS[1] the stripe's prefix
-- ARGV[3] call id   ARGV[4] id, or '' and then   ARGV[5] key field
-- Guard: none beyond the state. Repeated under one call id: the first answer.
-- Returns {outcome, view of the job that this step cancelled or '', texts}; {"newer"} for a record of a newer version
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

local said = first_answer(ARGV[3])
if said then
  return {said[1], '', {}}
end
local id = named_job(ARGV[4], ARGV[5])
local job, newer
if id then
  job, newer = load(id)
end
if newer then
  return {'newer'}
end

local outcome, shown = 'not_found', nil
if job then
  if job.state == DEAD or expire_if_due(job) then
    outcome = 'ended'
  elseif job.state == RUNNING then
    job.run[CANCEL] = true
    save_run(job)
    outcome = 'requested'
  else
    shown = end_as(job, CANCELLED, job.run and job.run[ERROR])
    outcome = 'cancelled'
  end
elseif id then
  local entry = ended_entry(id)
  outcome = entry and (entry.outcome == CANCELLED and 'cancelled' or 'ended') or 'not_found'
end
remember_answer(ARGV[3], outcome)
flush()
return {outcome, shown or '', texts()}
