-- look: a keeper's view of what is due, over all stripes; the renewal and grant of leases.
-- KEYS[1]  the prefix of the first stripe
-- ARGV[3]  keeper   ARGV[4] what it tells of itself   ARGV[5] limit of grants
-- ARGV[6]  "1": it can't publish
-- ARGV[7…] number of terms, then shard, token of each; number of terms to let go, then shard, token of each;
--          number of terms to extend, then of each shard, token, number of ids, ids; prefixes of further stripes (on a
--          cluster those of the same node: keys that are named must share a slot)
-- Guard: none for the view; a renewal and an extension: the shard's current token, not run out.
-- Returns {now, {shard, token, lease until, 1 where granted (2: nothing is claimed in it), 1 where overdue,
-- {route, head, …}}…, {places in the list of terms that are lost}, next or -1, contact since, {live keepers}, dead
-- letters pruned, records aside, {next of each stripe that was looked at, or -1}, {places in the list of further
-- stripes that are not on this node}}
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

local PART, SEEN_AT_MOST = 32, 5000
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

-- By the code of their stripe; each with its place in the list.
local function by_stripe(list)
  local parts = {}
  for i, each in ipairs(list) do
    local code = sub(each.shard, 1, 2)
    parts[code] = parts[code] or {}
    each.place = i
    parts[code][#parts[code] + 1] = each
  end
  return parts
end

local terms_of, goers_of, extends_of = by_stripe(terms), by_stripe(goers), by_stripe(extends)

-- Those of these terms that hold.
local function holding(some)
  local shards, held = {}, {}
  for i, term in ipairs(some) do
    shards[i] = term.shard
  end
  for i, lease in ipairs(many('HMGET', B .. 'leases', shards)) do
    if lease and sub(lease, 8) == some[i].token and unpacked('>I7', lease) > now then
      held[#held + 1] = some[i]
    end
  end
  return held
end

local function write_leases(some, till)
  local values = {}
  for i, term in ipairs(some) do
    values[2 * i - 1], values[2 * i] = term.shard, pack('>I7', till) .. term.token
  end
  in_pieces('HSET', B .. 'leases', values)
end

local function extend_claims(extend)
  local runs = many('HMGET', runs_key(extend.shard), extend.ids)
  for i, id in ipairs(extend.ids) do
    local run = runs[i] and read_run(runs[i])
    if run and run[STATE] == CLAIMED and run[TOKEN] == extend.token then
      call('ZADD', open_key(extend.shard), 'GT', now + option('lease_ttl'), id)
      touch_open(extend.shard)
    end
  end
end

local stripes, streams = {}, {}
local named, let_go_here, lost, everybody = {}, {}, {}, {}
local since, soonest, pruned, aside = 0, nil, 0, 0
local nexts = {}

local function look_at(stripe_prefix)
  B, families = stripe_prefix, {}
  local number = tonumber(B:match(':(%d+)}:$'))
  local high, low = floor(number / 64) + 1, number % 64 + 1
  local code = ALPHABET:sub(high, high) .. ALPHABET:sub(low, low)
  local here = {prefix = B, shards = {}}
  call('ZCARD', B .. 'dead')
  prune_leases()
  local contact, live = make_contact(keeper, ARGV[4], ARGV[6] == '1')
  since, here.live = max(since, contact), live
  for _, id in ipairs(live.ids) do
    everybody[id] = true
  end
  prune_keepers()
  pruned = pruned + prune_dead()
  if call('ZCARD', B .. 'aside') > 0 then
    prune_aside()
    aside = aside + call('ZCARD', B .. 'aside')
  end
  for _, name in ipairs({'ended', 'calls', 'adds'}) do
    rotate(name, true)
  end
  prune_agains()

  for _, term in ipairs(goers_of[code] or {}) do
    let_go_here[term.shard] = true
  end
  local going = holding(goers_of[code] or {})
  if #going > 0 then
    write_leases(going, now)
    wake(going[1].shard)
  end
  local staying = holding(terms_of[code] or {})
  write_leases(staying, now + option('lease_ttl'))
  for _, term in ipairs(staying) do
    lost[term.place] = nil
    if not named[term.shard] then
      named[term.shard], here.shards[#here.shards + 1] = term.token, term.shard
    end
  end
  for _, extend in ipairs(holding(extends_of[code] or {})) do
    check_open(extend.shard)
    extend_claims(extend)
  end
  flush()

  local next_here, empty
  here.sources, next_here, empty = due_sources()
  nexts[#nexts + 1] = next_here or -1
  if next_here and (not soonest or next_here < soonest) then
    soonest = next_here
  end
  if empty then
    prune_names()
  end
  stripes[#stripes + 1] = here
  for _, source in ipairs(here.sources) do
    streams[#streams + 1] = {here = here, heads = source.heads, from = 0, at = 0, due = {}}
  end
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

-- A stream gives the shards of one source, oldest head first; they are read in parts, each with its lease. `first` is
-- the present one, nil at the end.
local function go_on(stream)
  stream.at = stream.at + 1
  if stream.at > #stream.due and stream.from then
    B = stream.here.prefix
    local part = call('ZRANGEBYSCORE', stream.heads, '-inf', now, 'WITHSCORES', 'LIMIT', stream.from, PART)
    local shards = {}
    stream.due, stream.at = {}, 1
    for i = 1, #part, 2 do
      shards[#shards + 1] = part[i]
      stream.due[#shards] = {shard = part[i], head = tonumber(part[i + 1])}
    end
    for i, lease in ipairs(many('HMGET', B .. 'leases', shards)) do
      stream.due[i].lease = lease
    end
    stream.from = #shards == PART and stream.from + PART
  end
  stream.first = stream.due[stream.at]
end

local function older(one, other)
  if one.head ~= other.head then
    return one.head < other.head
  end
  return one.shard < other.shard
end

-- The oldest of all streams, which is then behind them; nil at the end.
local function oldest()
  local best, of
  for _, stream in ipairs(streams) do
    local due = stream.first
    if due and (not best or due.head <= best.head and older(due, best)) then
      best, of = due, stream
    end
  end
  if best then
    go_on(of)
  end
  return best, of and of.here
end

-- Grants, oldest first, whatever stripe it lies in.
local granted, seen, left = {}, {}, SEEN_AT_MOST + limit
for _, stream in ipairs(limit > 0 and streams or {}) do
  go_on(stream)
end
while limit > 0 and left > 0 do
  local due, here = oldest()
  if not due then
    break
  end
  local shard = due.shard
  if not (named[shard] or let_go_here[shard] or seen[shard]) then
    seen[shard], left = true, left - 1
    if may_have(shard, keeper, due.head, due.lease, here.live) then
      B = here.prefix
      named[shard], granted[shard] = grant(shard, keeper), call('ZCARD', claimed_key(shard)) > 0 and 1 or 2
      here.shards[#here.shards + 1] = shard
      limit = limit - 1
    end
  end
end

-- What is due of all that it holds now, oldest first; then the rest.
local found, idle, till = {}, {}, now + option('lease_ttl')
for _, here in ipairs(stripes) do
  local due = due_of(here.shards, here.sources)
  for _, shard in ipairs(here.shards) do
    local one = due[shard]
    if one then
      one.shard = shard
      found[#found + 1] = one
    else
      idle[#idle + 1] = {shard, named[shard], till, 0, 0, {}}
    end
  end
end
table.sort(found, older)

local held = {}
for i, due in ipairs(found) do
  table.sort(due.lines, function(one, other)
    if one[1] ~= other[1] then
      return one[1] < other[1]
    end
    return one[2] < other[2]
  end)
  local lines = {}
  for j, line in ipairs(due.lines) do
    lines[2 * j - 1], lines[2 * j] = line[2], line[1]
  end
  held[i] = {due.shard, named[due.shard], till, granted[due.shard] or 0, due.late and 1 or 0, lines}
end
for _, each in ipairs(idle) do
  held[#held + 1] = each
end

local lost_places, live_ids = {}, {}
for place in pairs(lost) do
  lost_places[#lost_places + 1] = place
end
for id in pairs(everybody) do
  live_ids[#live_ids + 1] = id
end
return {now, held, lost_places, soonest or -1, since, live_ids, pruned, aside, nexts, elsewhere}
