-- contact: the contact rule (DESIGN section 5), and which keepers are alive.
-- Hash `contact`: "last" look of any keeper, contact "since". Sorted set `looks`: keeper -> its last look. Hash
-- `keepers`: keeper -> 7 bytes of time since when it has come without a gap of a lease ttl (0: it can't publish), then
-- what it tells of itself.

local CONTACT_GAP, CONTACT_QUIET, MAX_BEGIN_TIMEOUT = 3 * SECOND, 20 * SECOND, 3600 * SECOND
local LONGEST_REST = 60 * SECOND -- of a route: paused, or failing

local function contact_since()
  return tonumber(call('HGET', B .. 'contact', 'since') or nil)
end

-- Whether keepers have been looking without a gap for long enough to rescue and resend.
local function may_recover()
  local since = contact_since()
  return since and now - since >= CONTACT_QUIET
end

-- How far ahead the deadline of one in flight lies at most. Of one that was sent: its last sending's, or a hold's.
--! rarely
local function full_length(run, claimed, begin_timeout)
  if run[STATE] == RUNNING then
    return option('run_lease')
  elseif run[STATE] == CLAIMED then
    return claimed
  end
  return max(claimed, min(begin_timeout * 2 ^ min(max(run[SENDS] - 1, 0), 32), MAX_BEGIN_TIMEOUT))
end

-- Time went back: leases, deadlines and times to look again are cut to where they lie no further ahead than their full
-- length.
--! rarely
local function cut_to_length()
  local leases = call('HGETALL', B .. 'leases')
  for i = 1, #leases, 2 do
    if unpacked('>I7', leases[i + 1]) > now + option('lease_ttl') then
      call('HSET', B .. 'leases', leases[i], pack('>I7', now + option('lease_ttl')) .. sub(leases[i + 1], 8))
    end
  end
  for _, keeper in ipairs(call('ZRANGEBYSCORE', B .. 'looks', '(' .. text(now), '+inf')) do
    call('ZADD', B .. 'looks', now, keeper)
  end
  local keepers = call('HGETALL', B .. 'keepers')
  for i = 1, #keepers, 2 do
    if unpacked('>I7', keepers[i + 1]) > now then
      call('HSET', B .. 'keepers', keepers[i], pack('>I7', now) .. sub(keepers[i + 1], 8))
    end
  end
  local claimed, begin_timeout = max(option('lease_ttl'), option('run_lease')), option('begin_timeout')
  for _, shard in ipairs(call('ZRANGE', B .. 'open', 0, -1)) do
    local far = call('ZRANGEBYSCORE', open_key(shard), '(' .. text(now + option('lease_ttl')), '+inf', 'WITHSCORES')
    for i = 1, #far, 2 do
      local packed = call('HGET', runs_key(shard), far[i])
      local furthest = packed and full_length(read_run(packed), claimed, begin_timeout)
      if furthest and tonumber(far[i + 1]) > now + furthest then
        call('ZADD', open_key(shard), now + furthest, far[i])
        touch_open(shard)
      end
    end
  end
  for _, id in ipairs(call('ZRANGEBYSCORE', B .. 'aside', '(' .. text(now), '+inf')) do
    call('ZADD', B .. 'aside', now, id)
  end
  for _, field in ipairs(call('HKEYS', B .. 'again')) do
    local route = tonumber(field)
    local at, why, wake_at = again_of(route)
    local furthest = now + (why == 'full' and option('poll_interval') or LONGEST_REST)
    if at > furthest then
      look_again(route, furthest, why, wake_at)
    end
  end
  for _, name in ipairs({'ended', 'calls', 'adds'}) do
    local known = family(name)
    -- A bucket that began a little later than now goes at its own time; one of a far future would stay for ever.
    if known.hashes > 0 and known.started > now + known.keep then
      known.started = now
      write_rotation(known)
    end
  end
end

-- Answers since when there is contact, and the keepers that looked within a lease ttl, didn't leave, and can publish:
-- {ids = {…}, joined = {keeper -> since when}}.
local function make_contact(keeper, info, ill)
  local contact = call('HMGET', B .. 'contact', 'last', 'since')
  local last, since = tonumber(contact[1] or nil), tonumber(contact[2] or nil)
  if not last or now < last or now - last > CONTACT_GAP then
    since = now
  end
  if last and now < last then
    cut_to_length()
  end
  call('HSET', B .. 'contact', 'last', text(now), 'since', text(since))

  local names, live = call('ZRANGEBYSCORE', B .. 'looks', now - option('lease_ttl'), '+inf'), {ids = {}, joined = {}}
  local told = many('HMGET', B .. 'keepers', names)
  local joined = 0
  for i, name in ipairs(names) do
    local at = told[i] and unpacked('>I7', told[i]) or 0
    if name == keeper then
      joined = at
    elseif at > 0 then
      live.ids[#live.ids + 1], live.joined[name] = name, at
    end
  end
  if ill then
    joined = 0
  else
    joined = joined > 0 and joined or now
    live.ids[#live.ids + 1], live.joined[keeper] = keeper, joined
  end
  call('ZADD', B .. 'looks', now, keeper)
  call('HSET', B .. 'keepers', keeper, pack('>I7', joined) .. info)
  return since, live
end
