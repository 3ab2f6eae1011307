-- leases: who holds a shard. Hash `leases`: shard -> 7 bytes of time until which, then the token. A token is
-- "<number>.<keeper>". A term that was let go has run out at that moment.

local function lease_of(shard)
  local stored = call('HGET', B .. 'leases', shard)
  if stored then
    return unpacked('>I7', stored), sub(stored, 8)
  end
end

local function write_lease(shard, till, token)
  call('HSET', B .. 'leases', shard, pack('>I7', till) .. token)
end

-- Until when the shard is held under this token; nil where it isn't (any more).
local function holds(shard, token)
  local till, current = lease_of(shard)
  if till and current == token and till > now then
    return till
  end
end

-- End a term now, and wake the other keepers; answers whether it was the shard's present one.
local function let_go(shard, token)
  local mine = holds(shard, token)
  if mine then
    write_lease(shard, now, token)
    wake(shard)
  end
  return mine ~= nil
end
