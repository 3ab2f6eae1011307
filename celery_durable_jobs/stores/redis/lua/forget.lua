-- forget: remove every trace of an ended or dead job but its id and outcome.
-- KEYS[1] the stripe's prefix
-- ARGV[3] call id   ARGV[4] id
-- Guard: ended or dead. Repeated under one call id: the first answer.
-- Returns {outcome}; {"newer"} for a record of a newer version
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

local said = first_answer(ARGV[3])
if said then
  return said
end
local job, newer = load(id)
if newer then
  return {'newer'}
end

local outcome = 'not_found'
if job and job.state == DEAD then
  check_end(job)
  keep('ended', id, pack_ended({outcome = DEAD, ended = now}))
  drop(job)
  outcome = 'forgotten'
elseif job then
  outcome = 'alive'
else
  local entry = ended_entry(id)
  if entry then
    keep_in_place('ended', id, pack_ended({outcome = entry.outcome, ended = entry.ended}))
    outcome = 'forgotten'
  end
end
remember_answer(ARGV[3], outcome)
flush()
return {outcome}
