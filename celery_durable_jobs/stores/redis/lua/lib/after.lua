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
  -- The one that was seen last has gone: pass over those of its very moment with a smaller id.
  local found, from = {}, 0
  while true do
    local part = call('ZRANGEBYSCORE', key, text(at), '+inf', 'WITHSCORES', 'LIMIT', from, 1000)
    for i = 1, #part, 2 do
      if tonumber(part[i + 1]) > at or part[i] > id then
        found[#found + 1] = part[i]
        found[#found + 1] = part[i + 1]
        if #found == 2 * limit then
          return found
        end
      end
    end
    if #part < 2000 then
      return found
    end
    from = from + 1000
  end
end
