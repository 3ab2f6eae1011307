-- change: a client gives a job another time, arguments, metadata or `expires`.
-- KEYS[1] the stripe's prefix
-- ARGV[3] call id   ARGV[4] id, or '' and then   ARGV[5] key field   ARGV[6] due (moment or '')
-- ARGV[7] content (maybe)   ARGV[8] metadata part (maybe)   ARGV[9] expires: '' as it is, '-' none, or a moment
-- Guard: not running, not ended. Repeated under one call id: the first outcome.
-- Returns {outcome, view or '', texts}; {"newer"} for a record of a newer version
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/rewrite.lua
--! include lib/calls.lua

local function answer(outcome, id)
  local shown
  if outcome == 'changed' or outcome == 'past_expires' then
    local job = load(id)
    if job then
      shown = view(job)
    else
      local entry = ended_entry(id)
      shown = entry and view_ended(id, entry)
    end
  end
  return {outcome, shown or '', texts()}
end

local said = first_answer(ARGV[3])
if said then
  return answer(said[1], said[2])
end
local id = named_job(ARGV[4], ARGV[5])
local job, newer
if id then
  job, newer = load(id)
end
if newer then
  return {'newer'}
end

local function change()
  if job.state == DEAD or expire_if_due(job) then
    return 'ended'
  elseif job.state == RUNNING then
    return 'running'
  end
  local due, expires = job.due, job.expires
  if ARGV[6] ~= '' then
    due = moment(ARGV[6])
  end
  if ARGV[9] ~= '' then
    expires = ARGV[9] ~= '-' and moment(ARGV[9]) or nil
  end
  if expires and due > expires then
    return 'past_expires'
  end
  job.expires = expires
  rewrite(job, due, maybe(ARGV[8]) or metadata_of(job), maybe(ARGV[7]) or sub(job.raw, job.content_at))
  return 'changed'
end

local outcome = 'not_found'
if job then
  outcome = change()
elseif id and ended_entry(id) then
  outcome = 'ended'
end
remember_answer(ARGV[3], outcome, id or false)
flush()
return answer(outcome, id)
