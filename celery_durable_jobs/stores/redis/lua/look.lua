-- look: a keeper's view of what is due, over all stripes; the renewal and grant of leases.
-- KEYS[1]  the prefix of the first stripe
-- ARGV[3]  keeper   ARGV[4] what it tells of itself   ARGV[5] limit of grants
-- ARGV[6]  "1": it can't publish
-- ARGV[7…] number of terms, then shard, token of each; number of terms to let go, then shard, token of each;
--          number of terms to extend, then of each shard, token, number of ids, ids; prefixes of further stripes (on a
--          cluster those of the same node: keys that are named must share a slot)
-- Guard: none for the view; a renewal and an extension: the shard's current token, not run out.
-- Returns {now, {shard, token, lease until, 1 where granted, 1 where overdue, {route, head, …}}…, {places in the list
-- of terms that are lost}, next or -1, contact since, {live keepers}, dead letters pruned, records aside, {places in
-- the list of further stripes that are not on this node}}
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/leases.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/contact.lua
--! include lib/prune.lua
--! include lib/due.lua
--! include lib/grants.lua

local ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
local keeper, limit = ARGV[3], tonumber(ARGV[5])
local at = 7

local function take()
  at = at + 1
  return ARGV[at - 1]
end

local function take_terms()
  local terms = {}
  for i = 1, tonumber(take()) do
    terms[i] = {shard = take(), token = take()}
  end
  return terms
end

local terms, goers = take_terms(), take_terms()
local extends = {}
for i = 1, tonumber(take()) do
  local extend = {shard = take(), token = take(), ids = {}}
  for j = 1, tonumber(take()) do
    extend.ids[j] = take()
  end
  extends[i] = extend
end

-- Of a list, what belongs to the present stripe.
local function of_stripe(list, code)
  local found = {}
  for i, each in ipairs(list) do
    if sub(each.shard, 1, 2) == code then
      each.place = i
      found[#found + 1] = each
    end
  end
  return found
end

local function extend_claims(extend)
  if holds(extend.shard, extend.token) then
    local runs = many('HMGET', runs_key(extend.shard), extend.ids)
    for i, id in ipairs(extend.ids) do
      local run = runs[i] and read_run(runs[i])
      if run and run[STATE] == CLAIMED and run[TOKEN] == extend.token then
        call('ZADD', open_key(extend.shard), now + option('lease_ttl'), id)
        touch_open(extend.shard)
      end
    end
  end
end

local function read_leases()
  local leases, stored = {}, call('HGETALL', B .. 'leases')
  for i = 1, #stored, 2 do
    leases[stored[i]] = {till = unpacked('>I7', stored[i + 1]), token = sub(stored[i + 1], 8)}
  end
  return leases
end

local found, named, let_go_here, since, soonest, pruned, aside = {}, {}, {}, 0, nil, 0, 0
local live, lost = {}, {}

local function look_at(stripe_prefix)
  B, families = stripe_prefix, {}
  local number = tonumber(B:match(':(%d+)}:$'))
  local high, low = floor(number / 64) + 1, number % 64 + 1
  local code = ALPHABET:sub(high, high) .. ALPHABET:sub(low, low)
  call('ZCARD', B .. 'open')
  call('ZCARD', B .. 'registry')
  call('HLEN', B .. 'leases')
  call('ZCARD', B .. 'dead')

  since = max(since, make_contact(keeper, ARGV[4], ARGV[6] == '1'))
  prune_keepers()
  pruned = pruned + prune_dead()
  for _, name in ipairs({'ended', 'calls', 'adds'}) do
    rotate(name, true)
  end
  flush()
  prune_leases(read_leases(), routes_of_registry())
  prune_agains()
  prune_names()

  for _, term in ipairs(of_stripe(goers, code)) do
    let_go(term.shard, term.token)
    let_go_here[term.shard] = true
  end
  for _, term in ipairs(of_stripe(terms, code)) do
    if holds(term.shard, term.token) then
      write_lease(term.shard, now + option('lease_ttl'), term.token)
      named[term.shard] = term.token
      lost[term.place] = nil
    end
  end
  for _, extend in ipairs(of_stripe(extends, code)) do
    extend_claims(extend)
  end
  flush()

  local leases, keepers = read_leases(), live_keepers()
  for _, id in ipairs(keepers) do
    live[id] = true
  end
  for shard, due in pairs(due_shards(limit + #terms + 1000)) do
    due.B, due.shard, due.lease, due.keepers = B, shard, leases[shard], keepers
    found[#found + 1] = due
  end
  local next_here = next_time()
  if next_here and (not soonest or next_here < soonest) then
    soonest = next_here
  end
  aside = aside + call('ZCARD', B .. 'aside')
end

for i = 1, #terms do
  lost[i] = true
end
look_at(KEYS[1])
-- A stripe that has gone to another node of the cluster, or is on its way there, is left alone. Its prefix is no key:
-- asking for it fails unless the slot is wholly here.
local elsewhere, further = {}, at
while at <= #ARGV do
  local stripe_prefix = take()
  if type(redis.pcall('EXISTS', stripe_prefix)) == 'number' then
    look_at(stripe_prefix)
  else
    elsewhere[#elsewhere + 1] = at - further
  end
end

-- Oldest first, whatever stripe it lies in.
table.sort(found, function(one, other)
  if one.head ~= other.head then
    return one.head < other.head
  end
  return one.shard < other.shard
end)

local held = {}

local function hold(due, token, till, granted)
  table.sort(due.lines, function(one, other)
    if one[1] ~= other[1] then
      return one[1] < other[1]
    end
    return one[2] < other[2]
  end)
  local lines = {}
  for i, line in ipairs(due.lines) do
    lines[2 * i - 1], lines[2 * i] = line[2], line[1]
  end
  held[#held + 1] = {due.shard, token, till, granted and 1 or 0, due.late and 1 or 0, lines}
end

for _, due in ipairs(found) do
  local shard, till = due.shard, now + option('lease_ttl')
  if named[shard] then
    hold(due, named[shard], till)
    named[shard] = nil
  elseif limit > 0 and not let_go_here[shard] then
    B = due.B
    if may_have(shard, keeper, due.head, due.lease, due.keepers) then
      hold(due, grant(shard, keeper), till, true)
      limit = limit - 1
    end
  end
end
for _, term in ipairs(terms) do
  if named[term.shard] then
    hold({shard = term.shard, lines = {}}, named[term.shard], now + option('lease_ttl'))
    named[term.shard] = nil
  end
end

local lost_places, live_ids = {}, {}
for place in pairs(lost) do
  lost_places[#lost_places + 1] = place
end
for id in pairs(live) do
  live_ids[#live_ids + 1] = id
end
return {now, held, lost_places, soonest or -1, since, live_ids, pruned, aside, elsewhere}
