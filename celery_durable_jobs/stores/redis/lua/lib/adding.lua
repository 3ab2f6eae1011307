-- adding: what is the same of new jobs, be they stored alone or many in a call.

-- 1 where some keeper looked within a lease ttl.
local function keeper_alive()
  local last = call('ZRANGE', B .. 'looks', -1, -1, 'WITHSCORES')
  return last[2] and now - tonumber(last[2]) <= option('lease_ttl') and 1 or 0
end

-- A job that waits, as the caller gave it: due (moment); name, target, key (maybe); "1": key_until="ended"; expires
-- (moment or '').
local function new_job(id, digest, due, name, target, key, until_ended, expires)
  return {
    id = id, shard = shard_of(id), digest = digest, state = WAITING, until_ended = until_ended == '1',
    name = maybe(name), target = maybe(target), key = maybe(key), record_due = moment(due),
    expires = expires ~= '' and moment(expires) or nil,
  }
end

-- The numbers of handler and route, false for one that has none yet.
local function numbers_of(handler, route)
  local numbers = call('HMGET', B .. 'names', 'h' .. handler, 'r' .. route)
  return tonumber(numbers[1] or nil) or false, tonumber(numbers[2] or nil) or false
end

-- What names a stored job beside its id.
local function name_job(job)
  take_key(job)
  list_target(job)
end

-- Of many ids: those that a family keeps, into `found`.
local function mark_kept(name, ids, found)
  local family_ = family(name)
  for _, bucket in ipairs({{family_.number, family_.hashes}, {family_.number - 1, family_.before}}) do
    local number, hashes = bucket[1], bucket[2]
    local by_hash = {}
    for _, id in ipairs(hashes > 0 and ids or {}) do
      local hash = hash_of(id, hashes)
      by_hash[hash] = by_hash[hash] or {}
      table.insert(by_hash[hash], id)
    end
    for hash, some in pairs(by_hash) do
      for place, value in ipairs(many('HMGET', bucket_key(name, number, hash), some)) do
        found[some[place]] = found[some[place]] or value
      end
    end
  end
end
