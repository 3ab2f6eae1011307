-- get: one job's record, or what is left of it.
-- KEYS[1] the stripe's prefix
-- ARGV[3] id, or '' and then   ARGV[4] key field
-- Guard: none; writes nothing.
-- Returns {view or '', texts}; {"newer"} for a record of a newer version
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/job.lua

local id = ARGV[3]
if id == '' then
  id = call('HGET', B .. 'keys', ARGV[4])
end
local found = ''
if id then
  local raw = call('HGET', jobs_key(shard_of(id)), id)
  if raw then
    local job = parse_record(id, raw)
    if not job then
      return {'newer'}
    end
    found = view(attach_run(job, call('HGET', runs_key(job.shard), id)))
  else
    local entry = ended_entry(id)
    found = entry and view_ended(id, entry) or ''
  end
end
return {found, texts()}
