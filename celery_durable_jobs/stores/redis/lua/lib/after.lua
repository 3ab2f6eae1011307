-- after: what stands behind a place in a sorted set, in order of (score, id).

-- Up to `limit` entries behind (at, id), as {id, score, id, score …}. `at` nil: from the start.
local function entries_after(key, at, id, limit)
  if not at then
    return call('ZRANGE', key, 0, limit - 1, 'WITHSCORES')
  end
  if tonumber(call('ZSCORE', key, id) or nil) == at then
    local rank = call('ZRANK', key, id)
    return call('ZRANGE', key, rank + 1, rank + limit, 'WITHSCORES')
  end
  -- The one that was seen last has gone: among those of its very moment (they stand in the order of their ids) look for
  -- the first with a greater id.
  local low, high = call('ZCOUNT', key, '-inf', '(' .. text(at)), call('ZCOUNT', key, '-inf', text(at))
  while low < high do
    local middle = floor((low + high) / 2)
    if call('ZRANGE', key, middle, middle)[1] > id then
      high = middle
    else
      low = middle + 1
    end
  end
  return call('ZRANGE', key, low, low + limit - 1, 'WITHSCORES')
end
