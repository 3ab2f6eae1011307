-- record: the value in a shard's `jobs` hash: what only a client's change rewrites. Its other end is records.py.
--
--   1 byte    version (1)
--   1 byte    flags: 1 expires, 2 name, 4 target, 8 key, 16 key_until="ended", 32 metadata
--   3 bytes   handler number     3 bytes  route number     (given by names.lua)
--   7 bytes   due time in µs as given    8 bytes  digest of the request
--   7 bytes   expires in µs, where flagged
--   2 bytes of length and the text: name, target, key, where flagged
--   3 bytes of length and the rest: metadata, where flagged    (stores/codec.py makes these two)
--   the rest  content
--
-- A record of another version is left as it is, byte for byte.

local RECORD_VERSION = 1
local TAIL_LENGTH = 70 -- of what stores/codec.py leaves out of most bodies

local function flagged(flags, flag)
  return flags % (flag * 2) >= flag
end

-- The record's parts as a table; nil when it is of another version.
local function parse_record(id, raw)
  if raw:byte(1) ~= RECORD_VERSION or #raw < 23 then
    return nil
  end
  local flags, handler, route, due = unpacked('>BI3I3I7', raw, 2)
  local job = {id = id, shard = shard_of(id), raw = raw, handler = handler, route = route, record_due = due,
               digest = sub(raw, 16, 23), until_ended = flagged(flags, 16)}
  local at = 24
  if flagged(flags, 1) then
    job.expires, at = unpacked('>I7', raw, at)
  end
  if flagged(flags, 2) then
    job.name, at = unpacked('>I2c0', raw, at)
  end
  if flagged(flags, 4) then
    job.target, at = unpacked('>I2c0', raw, at)
  end
  if flagged(flags, 8) then
    job.key, at = unpacked('>I2c0', raw, at)
  end
  job.metadata_at = at
  job.content_at = at
  if flagged(flags, 32) then
    job.has_metadata = true
    job.content_at = at + 3 + unpacked('>I3', raw, at)
  end
  return job
end

-- Write the parts together again. `metadata` is '' for none or the text with its length in front.
local function build_record(job, metadata, content)
  local flags, optional = 0, ''
  if job.expires then
    flags, optional = 1, pack('>I7', job.expires)
  end
  if job.name then
    flags, optional = flags + 2, optional .. pack('>I2', #job.name) .. job.name
  end
  if job.target then
    flags, optional = flags + 4, optional .. pack('>I2', #job.target) .. job.target
  end
  if job.key then
    flags, optional = flags + 8, optional .. pack('>I2', #job.key) .. job.key
  end
  if job.until_ended then
    flags = flags + 16
  end
  if metadata ~= '' then
    flags = flags + 32
  end
  job.raw = pack('>BBI3I3I7', RECORD_VERSION, flags, job.handler, job.route, job.record_due)
    .. job.digest .. optional .. metadata .. content
  return job.raw
end

-- The metadata part of a record as `build_record` takes it.
local function metadata_of(job)
  return sub(job.raw, job.metadata_at, job.content_at - 1)
end

-- Bytes of the body and of the metadata, as the client counts them.
local function body_size(job)
  local raw, at = job.raw, job.content_at
  local kind = raw:byte(at)
  local bytes = #raw - at
  at = at + 1
  if flagged(kind, 1) then
    local kept_type, next_at = unpacked('>Bc0', raw, at)
    local kept_encoding
    kept_encoding, next_at = unpacked('>Bc0', raw, next_at)
    bytes, at = bytes - #kept_type - #kept_encoding - 2, next_at
  end
  for flag = 4, 8, 4 do
    if flagged(kind, flag) then
      local length = unpacked('>I4', raw, at) + 4
      bytes, at = bytes - length, at + length
    end
  end
  return flagged(kind, 2) and bytes + TAIL_LENGTH or bytes
end

local function metadata_size(job)
  if not job.has_metadata then
    return 0
  end
  local pairs_ = unpacked('>I2', job.raw, job.metadata_at + 3)
  return job.content_at - job.metadata_at - 5 - 5 * pairs_
end
