-- find_jobs: the records of these ids, as many as a megabyte holds (one at least).
-- KEYS[1] the stripe's prefix
-- ARGV[3] limit of bytes   ARGV[4…] ids
-- Guard: none; writes nothing.
-- Returns {how many ids were seen to, {views of those that are stored and can be read}, texts}
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/job.lua

local limit, bytes, views, done = tonumber(ARGV[3]), 0, {}, 0
for i = 4, #ARGV do
  local id = ARGV[i]
  local shard = shard_of(id)
  local raw = call('HGET', jobs_key(shard), id)
  if raw and done > 0 and bytes + #raw > limit then
    break
  end
  done = done + 1
  local job = raw and parse_record(id, raw)
  if job then
    bytes = bytes + #raw
    views[#views + 1] = view(attach_run(job, call('HGET', runs_key(shard), id)))
  end
end
return {done, views, texts()}
