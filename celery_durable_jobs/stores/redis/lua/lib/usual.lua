-- usual: what begin and finish, the steps of every run, come to where nothing special is the matter: the same as with
-- moves.lua and registry.lua, in few functions. A script makes each of its functions anew in every run, which takes
-- longer than the commands; so these steps first see whether this will do, before anything is written, and else go the
-- long way.

-- What becomes of the heads when `id` of this shard's jobs in flight goes to `at` (nil: away): false where they stay, a
-- table for `write_heads` where they change, nil where a keeper is to be woken by it: then go the long way.
local function usual_heads(shard, id, at)
  local first = call('ZRANGE', open_key(shard), 0, 1, 'WITHSCORES')
  local head, second = tonumber(first[2]), tonumber(first[4])
  local want = head
  if first[1] == id then
    want = at and second and min(at, second) or at or second
  elseif at and (not head or at < head) then
    want = at
  end
  if want == head then
    return false
  end
  local shards, had = call('ZRANGE', B .. 'open', 0, 1, 'WITHSCORES'), tonumber(call('ZSCORE', B .. 'registry', 'open'))
  local soonest, next_shard = tonumber(shards[2]), tonumber(shards[4])
  if shards[1] == shard then
    soonest = want and next_shard and min(want, next_shard) or want or next_shard
  elseif want and (not soonest or want < soonest) then
    soonest = want
  end
  if soonest and (not had or soonest < had) and soonest < now + option('poll_interval') then
    return nil
  end
  return {want = want, soonest = soonest, had = had}
end

local function write_heads(shard, heads)
  if heads.want then
    call('ZADD', B .. 'open', heads.want, shard)
  else
    call('ZREM', B .. 'open', shard)
  end
  if heads.soonest ~= heads.had then
    if heads.soonest then
      call('ZADD', B .. 'registry', heads.soonest, 'open')
    else
      call('ZREM', B .. 'registry', 'open')
    end
  end
end
