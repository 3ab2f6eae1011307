-- purge: jobs go without a trace. By: the command line alone.
-- KEYS[1] the stripe's prefix
-- ARGV[3] "waiting", "dead" or "ended"   ARGV[4] limit
-- Guard: waiting jobs in lines, dead letters, ended entries; what is claimed, sent or running stays.
-- Returns {how many went, 1 where there may be more}
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/due.lua

local limit, count_gone, more = tonumber(ARGV[4]), 0, 0

local function purge_ids(ids, key)
  for _, id in ipairs(ids) do
    local job = load(id)
    if job then
      remove(job)
      count_gone = count_gone + 1
    else
      call('ZREM', key, id)
    end
  end
end

if ARGV[3] == 'dead' then
  purge_ids(call('ZRANGE', B .. 'dead', 0, limit - 1), B .. 'dead')
  more = call('EXISTS', B .. 'dead')
elseif ARGV[3] == 'ended' then
  local known = family('ended')
  for number = known.before > 0 and known.number - 1 or known.number, known.number do
    for hash = 0, (number == known.number and known.hashes or known.before) - 1 do
      local key = bucket_key('ended', number, hash)
      if count_gone < limit and call('EXISTS', key) == 1 then
        count_gone = count_gone + call('HLEN', key)
        call('UNLINK', key)
      elseif call('EXISTS', key) == 1 then
        more = 1
      end
    end
  end
else
  -- The oldest line of any route, then the next, so that little is left when it is cut short.
  for _, route in ipairs(routes_of_registry()) do
    while count_gone < limit do
      local _, shard = head_of(B .. 'lines:' .. route)
      if not shard then
        break
      end
      local key = line_key(shard, route)
      local ids = call('ZRANGE', key, 0, limit - count_gone - 1)
      for _, id in ipairs(ids) do
        local job, newer = load(id)
        if job then
          remove(job)
          count_gone = count_gone + 1
        else
          call('ZREM', key, id)
          touch_line(shard, route)
          count(WAITING, -1)
          if newer then
            call('ZADD', B .. 'aside', now, id)
          end
        end
      end
      flush()
    end
    if call('EXISTS', B .. 'lines:' .. route) == 1 then
      more = 1
    end
  end
end
flush()
return {count_gone, more}
