-- kept: what is remembered for a while and then dropped at once: `ended` jobs, answers of `calls`, and of `adds` that
-- met their key. A family has two buckets, the current and the previous one, each split over some hashes by the id's
-- last characters (which are random), so that no hash grows large. Hash `rotation`: family ->
-- "<number>:<started µs>:<hashes of the current bucket>:<hashes of the previous one>".
-- Entries carry their own time and are judged by it; a bucket goes when all in it is older than what is kept.

local RETRY_HORIZON = 60 * SECOND
local HASHES_AT_LEAST, ENTRIES_A_HASH = 4, 5000

local families = {}

local function family_of(name, stored)
  local known = {name = name, number = 0, started = 0, hashes = 0, before = 0,
                 keep = name == 'ended' and option('keep_ended') or RETRY_HORIZON}
  if stored then
    local number, started, hashes, before = stored:match('^(%d+):(%d+):(%d+):(%d+)$')
    known.number, known.started = tonumber(number), tonumber(started)
    known.hashes, known.before = tonumber(hashes), tonumber(before)
  end
  return known
end

local function family(name)
  if not families[name] then
    local stored = call('HMGET', B .. 'rotation', 'ended', 'calls', 'adds')
    families = {ended = family_of('ended', stored[1]), calls = family_of('calls', stored[2]),
                adds = family_of('adds', stored[3])}
  end
  return families[name]
end

local function bucket_key(name, number, hash)
  return B .. name .. ':' .. number .. ':' .. hash
end

local function hash_of(id, hashes)
  local last, one_before = id:byte(-1), id:byte(-2)
  return (last + one_before * 67) % hashes
end

local function kept(name, id)
  local known = family(name)
  if known.hashes > 0 then
    local value = call('HGET', bucket_key(name, known.number, hash_of(id, known.hashes)), id)
    if not value and known.before > 0 then
      value = call('HGET', bucket_key(name, known.number - 1, hash_of(id, known.before)), id)
    end
    return value
  end
end

local function write_rotation(known)
  call('HSET', B .. 'rotation', known.name,
    format('%.0f:%.0f:%d:%d', known.number, known.started, known.hashes, known.before))
end

-- `looking`: nothing is going to be written, so an empty family leaves.
--! rarely
local function begin_bucket(name, looking)
  local known = family(name)
  for hash = 0, known.before - 1 do
    call('UNLINK', bucket_key(name, known.number - 1, hash))
  end
  local size = 0
  for hash = 0, known.hashes - 1 do
    local key = bucket_key(name, known.number, hash)
    if now >= known.started + 2 * known.keep then
      call('UNLINK', key)
    else
      size = size + call('HLEN', key)
    end
  end
  if looking and size == 0 then
    call('HDEL', B .. 'rotation', name)
    families[name] = family_of(name)
    return
  end
  known.before = size > 0 and known.hashes or 0
  known.number, known.started = known.number + 1, now
  known.hashes = max(HASHES_AT_LEAST, math.ceil(size / ENTRIES_A_HASH))
  write_rotation(known)
end

-- Begin a new bucket, if it is time.
local function rotate(name, looking)
  local known = family(name)
  if known.hashes + known.before > 0 and now >= known.started + known.keep or known.hashes == 0 and not looking then
    begin_bucket(name, looking)
  end
end

local function keep(name, id, value)
  rotate(name)
  local known = family(name)
  call('HSET', bucket_key(name, known.number, hash_of(id, known.hashes)), id, value)
end

-- Another value for what is there: it goes when the first would have gone.
local function keep_in_place(name, id, value)
  local known = family(name)
  local key = bucket_key(name, known.number, hash_of(id, known.hashes))
  if call('HEXISTS', key, id) == 0 then
    key = bucket_key(name, known.number - 1, hash_of(id, known.before))
  end
  call('HSET', key, id, value)
end

-- What is left of an ended job: a packed list, with false for what there isn't. Of a forgotten one only the first two.
local function pack_ended(entry)
  return cmsgpack.pack({entry.outcome, entry.ended, entry.digest or false, entry.last or false, entry.handler or false,
    entry.name or false, entry.due or 0, entry.attempt or 0, entry.error or false})
end

-- nil when it is past its time.
local function read_ended(packed)
  local list = cmsgpack.unpack(packed)
  if now < list[2] + option('keep_ended') then
    return {outcome = list[1], ended = list[2], digest = list[3], last = list[4], handler = list[5], name = list[6],
            due = list[7], attempt = list[8], error = list[9]}
  end
end

local function ended_entry(id)
  local stored = kept('ended', id)
  return stored and read_ended(stored) or nil
end
