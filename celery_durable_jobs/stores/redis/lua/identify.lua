-- identify: the first process of a namespace writes what it is; the others are told.
-- KEYS[1] prefix of stripe 0
-- ARGV[3] identity   ARGV[4] stripes   ARGV[5] layout
-- Guard: none; writes only what is missing.
-- Returns {identity, stripes, layout, now}
--! include lib/base.lua

local meta = B .. 'meta'
local found = call('HMGET', meta, 'identity', 'stripes', 'layout')
if not found[1] then
  found = {ARGV[3], ARGV[4], ARGV[5]}
  call('HSET', meta, 'identity', found[1], 'stripes', found[2], 'layout', found[3])
end
local keep_ended = text(option('keep_ended'))
if call('HGET', meta, 'keep_ended') ~= keep_ended then
  call('HSET', meta, 'keep_ended', keep_ended)
end
return {found[1], tonumber(found[2]), tonumber(found[3]), now}
