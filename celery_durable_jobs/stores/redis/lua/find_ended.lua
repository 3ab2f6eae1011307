-- find_ended: a part of what is remembered of ended jobs, unordered.
-- KEYS[1] the stripe's prefix
-- ARGV[3] bucket, or '' for the first   ARGV[4] hash   ARGV[5] place in it   ARGV[6] about so many
-- Guard: none; writes nothing.
-- Returns {{views}, texts, bucket, hash and place to go on with, or nothing}
--! include lib/base.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/record.lua
--! include lib/job.lua

local known = family('ended')
local oldest = known.before > 0 and known.number - 1 or known.number
local bucket, hash, place = tonumber(ARGV[3]) or oldest, tonumber(ARGV[4]) or 0, ARGV[5] ~= '' and ARGV[5] or '0'
if bucket < oldest then
  bucket, hash, place = oldest, 0, '0'
end
if known.hashes == 0 then
  return {{}, {}}
end

local views = {}
local scanned = call('HSCAN', bucket_key('ended', bucket, hash), place, 'COUNT', ARGV[6])
local entries = scanned[2]
for i = 1, #entries, 2 do
  local entry = read_ended(entries[i + 1])
  if entry then
    views[#views + 1] = view_ended(entries[i], entry)
  end
end
place = scanned[1]
if place == '0' then
  hash = hash + 1
  if hash >= (bucket == known.number and known.hashes or known.before) then
    bucket, hash = bucket + 1, 0
  end
end
if bucket > known.number then
  return {views, texts()}
end
return {views, texts(), bucket, hash, place}
