-- base: the stripe, the clock, the options. Every script starts with it.
--
-- KEYS[1]  prefix of the stripe's keys; all other keys are made from it, and so lie in the same slot
-- ARGV[1]  now in µs, where a test injects a clock; else empty, and the server's own clock is asked
-- ARGV[2]  the options, 7 bytes each (plans/context.py packs them); read one by one, where needed
--
-- Numbers: µs since 1970 are exact in a double, but not in what `..` and tostring print; use text(n) for those.
-- Numbers given to redis.call are exact.

local call = redis.call
local pack, unpacked = struct.pack, struct.unpack
local format, sub = string.format, string.sub
local max, min, floor = math.max, math.min, math.floor

local B = KEYS[1]

local WAITING, CLAIMED, SENT, RUNNING, SUCCEEDED, CANCELLED, EXPIRED, DEAD = 1, 2, 3, 4, 5, 6, 7, 8

local OPTIONS = {lease_ttl = 0, run_lease = 1, begin_timeout = 2, bound = 3, poll_interval = 4, max_lost_runs = 5,
                 unknown_grace = 6, keep_ended = 7, keep_dead = 8}
local SECOND = 1000000

local now
if ARGV[1] == '' then
  local clock = call('TIME')
  now = clock[1] * SECOND + clock[2]
else
  now = tonumber(ARGV[1])
end

-- The processor's time, where scripts may ask for it (Redis 7.4, Valkey 8). From Redis 7.2 on the server's clock stands
-- still while a script runs.
local processor = rawget(_G, 'os')
local began = processor and processor.clock()

-- For how long this call has kept the server busy, in µs; 0 where nobody knows, or a test injects a clock.
local function busy()
  if ARGV[1] ~= '' then
    return 0
  end
  if began then
    return floor((processor.clock() - began) * SECOND)
  end
  local clock = call('TIME')
  return clock[1] * SECOND + clock[2] - now
end

local function option(name)
  return (unpacked('>I7', ARGV[2], OPTIONS[name] * 7 + 1))
end

-- A number in full, for texts.
local function text(number)
  return format('%.0f', number)
end

-- A moment as the caller gave it: "@<µs>" is absolute, "+<µs>" counts from now (and may be negative).
local function moment(given)
  local us = tonumber(sub(given, 2))
  if sub(given, 1, 1) == '+' then
    us = now + us
  end
  return max(0, min(us, 9007199254740992))
end

-- An optional argument: '' is none, '+' starts a value. Answers nil for none.
local function maybe(given)
  if given ~= '' then
    return sub(given, 2)
  end
end

-- Call a command with a long list of values in pieces: Lua's unpack takes 7,999 values at most.
local function in_pieces(command, key, values)
  for from = 1, #values, 6000 do
    call(command, key, unpack(values, from, min(from + 5999, #values)))
  end
end

-- HMGET or ZMSCORE of a long list: one value for each, false where there is none.
local function many(command, key, fields)
  if #fields <= 6000 then
    if #fields == 0 then
      return {}
    end
    return call(command, key, unpack(fields))
  end
  local all = {}
  for from = 1, #fields, 6000 do
    local got = call(command, key, unpack(fields, from, min(from + 5999, #fields)))
    for i = 1, min(6000, #fields - from + 1) do
      all[from + i - 1] = got[i]
    end
  end
  return all
end

local function shard_of(id)
  return sub(id, 2, 9)
end

-- The keys of a shard.
local function jobs_key(shard)
  return B .. shard .. ':jobs'
end

local function runs_key(shard)
  return B .. shard .. ':runs'
end

local function open_key(shard)
  return B .. shard .. ':open'
end

local function claimed_key(shard)
  return B .. shard .. ':claimed'
end

local function line_key(shard, route)
  return B .. shard .. ':due:' .. route
end
