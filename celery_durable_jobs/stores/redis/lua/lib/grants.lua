-- grants: who gets a shard (DESIGN section 7).

local NOT_COME = 1200000

-- The live keeper with the greatest hash of shard and keeper (model/placement.py).
local function preferred_keeper(shard, keepers)
  local best, preferred = '', nil
  for _, keeper in ipairs(keepers) do
    local hash = redis.sha1hex(shard .. ':' .. keeper)
    if hash > best then
      best, preferred = hash, keeper
    end
  end
  return preferred
end

local function keeper_of(token)
  return token:match('^%d+%.(.*)$')
end

-- Whether `keeper` may have a shard with something due since `head`: its own again, or free and preferring it, or left
-- waiting by the one that it prefers (which was there, while it was due and free).
local function may_have(shard, keeper, head, lease, keepers)
  if lease and now < lease.till then
    return keeper_of(lease.token) == keeper
  end
  local preferred = preferred_keeper(shard, keepers)
  if not preferred or preferred == keeper then
    return true
  end
  local joined = unpacked('>I7', call('HGET', B .. 'keepers', preferred) or pack('>I7', 0))
  return max(head, lease and lease.till or 0, joined) + NOT_COME <= now
end

-- A new term.
local function grant(shard, keeper)
  local token = text(call('INCR', B .. 'seq')) .. '.' .. keeper
  write_lease(shard, now + option('lease_ttl'), token)
  return token
end
