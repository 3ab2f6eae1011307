-- calls: the answer to a client's call is kept under its call id for the retry horizon, so that it may arrive twice.

-- What `remember_answer` was given, as a list; nil where the call is new.
local function first_answer(call_id)
  local stored = kept('calls', call_id)
  if stored then
    local said = cmsgpack.unpack(stored)
    if now < said[1] + RETRY_HORIZON then
      return {unpack(said, 2)}
    end
  end
end

local function remember_answer(call_id, ...)
  keep('calls', call_id, cmsgpack.pack({now, ...}))
end

-- The id of a job that is named by id or, where that is '', by its key; nil when nobody holds the key.
local function named_job(id, field)
  if id ~= '' then
    return id
  end
  return call('HGET', B .. 'keys', field) or nil
end
