-- finishes: answers of finish and settle, which stay the same for a delivery id.

local function answer_finished(state, due, dead)
  return {'finished', state, due or -1, dead or '', texts()}
end

-- The answer that this delivery got when it was finished; nil where it is another's.
local function said_before(last, delivery)
  if last and last[1] == delivery and delivery ~= '' then
    return answer_finished(last[2], last[3])
  end
end

-- Move the job to `state` and remember the answer under the delivery. Writes all of it.
local function finished(job, delivery, state, errors, due)
  local shown = move(job, state, due, errors, delivery, true)
  flush()
  return answer_finished(state, due, shown)
end
