-- names: handlers and routes, stored once a stripe and named by a number in records. Hash `names`:
-- "h"/"r" + text -> number, "H"/"R" + number -> text, "Q" + number -> a route's queue, "n" -> the last number given.

local function number_of(kind, name)
  return tonumber(call('HGET', B .. 'names', kind .. name))
end

--! rarely
local function intern(kind, name, queue)
  local number = number_of(kind, name)
  if not number then
    number = call('HINCRBY', B .. 'names', 'n', 1)
    call('HSET', B .. 'names', kind .. name, number, kind:upper() .. number, name)
    if queue then
      call('HSET', B .. 'names', 'Q' .. number, queue)
    end
  end
  return number
end

-- Numbers that an answer mentions; their texts go with it, once each.
local mentioned, mentioned_before = {}, {}

local function mention(kind, number)
  local field = kind .. number
  if not mentioned_before[field] then
    mentioned_before[field] = true
    mentioned[#mentioned + 1] = field
  end
end

-- field, text, field, text … of all that was mentioned; the last part of every answer that has records.
local function texts()
  local pairs_ = {}
  local got = many('HMGET', B .. 'names', mentioned)
  for i = 1, #mentioned do
    pairs_[2 * i - 1], pairs_[2 * i] = mentioned[i], got[i]
  end
  return pairs_
end
