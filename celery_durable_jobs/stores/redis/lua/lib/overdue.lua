-- overdue: a shard's jobs in flight whose deadline has passed.

local LOOKED_AT_MOST = 10000

-- Ids of those in this state, oldest deadline first, at most `limit`; of 10,000 of all states at most. `leave_out`: the
-- numbers of routes that aren't wanted (maybe).
local function overdue(shard, state, limit, leave_out)
  local ids = {}
  for from = 0, LOOKED_AT_MOST - 1, 1000 do
    local part = call('ZRANGEBYSCORE', open_key(shard), '-inf', now, 'LIMIT', from, 1000)
    local runs = many('HMGET', runs_key(shard), part)
    for i, id in ipairs(part) do
      local run = #ids < limit and runs[i] and read_run(runs[i])
      if run and run[STATE] == state and not (leave_out and leave_out[run[ROUTE]]) then
        ids[#ids + 1] = id
      end
    end
    if #part < 1000 or #ids >= limit then
      break
    end
  end
  return ids
end
