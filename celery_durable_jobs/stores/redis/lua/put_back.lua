-- put back: what was claimed and not sent returns to its line.
-- KEYS[1] the stripe's prefix
-- ARGV[3] shard   ARGV[4] token   ARGV[5] limit   ARGV[6] route that rests, or ''   ARGV[7] for so long (µs)
-- ARGV[8] the resting route's queue (maybe)
-- ARGV[9] "named": then id, generation of each; "sweep": then ids that the keeper has in hand
-- Guard: lease token; `claimed`, and: named, under this token, at its generation; or swept, claimed under another
-- token, or its deadline passed and not in hand.
-- Returns {how many went back, 1 where there are more, {views of expired}, texts}; {"lease"} where the lease guard
-- failed
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

local IN_HAND_AT_MOST = 10000
local shard, token, limit = ARGV[3], ARGV[4], tonumber(ARGV[5])
if not holds(shard, token) then
  return {'lease'}
end
check_ends('00')

local function named()
  local ids = {}
  for i = 10, #ARGV, 2 do
    local packed = call('HGET', runs_key(shard), ARGV[i])
    local run = packed and read_run(packed)
    if run and run[STATE] == CLAIMED and run[TOKEN] == token and run[GENERATION] == tonumber(ARGV[i + 1]) then
      ids[#ids + 1] = ARGV[i]
    end
  end
  return ids
end

-- By deadline and id.
local function swept()
  local in_hand, claimed, number = {}, claimed_key(shard), token:match('^%d+')
  for i = 10, #ARGV do
    in_hand[ARGV[i]] = true
  end
  local found, ids = {}, {}
  local function add(list, own)
    for i, deadline in ipairs(many('ZMSCORE', open_key(shard), list)) do
      local at = tonumber(deadline or 0)
      if not own or (at <= now and not in_hand[list[i]]) then
        found[#found + 1] = {at, list[i]}
      end
    end
  end
  add(call('ZRANGEBYSCORE', claimed, '-inf', '(' .. number, 'LIMIT', 0, limit + 1))
  add(call('ZRANGEBYSCORE', claimed, '(' .. number, '+inf', 'LIMIT', 0, limit + 1))
  add(call('ZRANGEBYSCORE', claimed, number, number, 'LIMIT', 0, IN_HAND_AT_MOST), true)
  table.sort(found, function(one, other)
    if one[1] ~= other[1] then
      return one[1] < other[1]
    end
    return one[2] < other[2]
  end)
  for i = 1, #found do
    ids[i] = found[i][2]
  end
  return ids
end

local resting = ARGV[6] ~= '' and tonumber(ARGV[7]) > 0
if resting then
  call('HLEN', B .. 'again')
  call('ZCARD', B .. 'registry')
end
local ids = ARGV[9] == 'named' and named() or ARGV[9] == 'sweep' and swept()
local returned, expired = 0, {}
for i = 1, min(#ids, limit) do
  local job, newer = load(ids[i])
  if job then
    local gone = expire_if_due(job)
    if gone then
      expired[#expired + 1] = gone
    else
      wait(job, job.due)
      returned = returned + 1
    end
  elseif not newer then
    check_open(shard, ids[i])
    call('ZREM', claimed_key(shard), ids[i])
    call('ZREM', open_key(shard), ids[i])
    touch_open(shard, ids[i])
  end
end
if resting then
  look_again(intern('r', ARGV[6], maybe(ARGV[8])), now + tonumber(ARGV[7]), 'resting')
end
flush()
return {returned, #ids > limit and 1 or 0, expired, texts()}
