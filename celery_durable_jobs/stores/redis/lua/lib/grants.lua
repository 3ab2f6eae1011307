-- grants: who gets a shard (DESIGN section 7).

local NOT_COME = 1200000

-- The live keeper with the greatest hash of shard and keeper (model/placement.py).
local function preferred_keeper(shard, keepers)
  if #keepers <= 1 then
    return keepers[1]
  end
  local best, preferred = '', nil
  for _, keeper in ipairs(keepers) do
    local hash = redis.sha1hex(shard .. ':' .. keeper)
    if hash > best then
      best, preferred = hash, keeper
    end
  end
  return preferred
end

local function keeper_of(lease)
  return lease:match('^%d+%.(.*)$', 8)
end

-- Whether `keeper` may have a shard with something due since `head`: its own again, or free and preferring it, or left
-- waiting by the one that it prefers (which was there, while it was due and free).
local function may_have(shard, keeper, head, lease, live)
  local till = lease and unpacked('>I7', lease) or 0
  if now < till then
    return keeper_of(lease) == keeper
  end
  local preferred = preferred_keeper(shard, live.ids)
  if not preferred or preferred == keeper then
    return true
  end
  return max(head, till, live.joined[preferred]) + NOT_COME <= now
end

-- A new term.
local function grant(shard, keeper)
  local token = text(call('INCR', B .. 'seq')) .. '.' .. keeper
  write_lease(shard, now + option('lease_ttl'), token)
  return token
end
