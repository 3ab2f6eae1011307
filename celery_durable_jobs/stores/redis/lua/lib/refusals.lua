-- refusals: why a worker's step changed nothing.

local function refused(why, state, expired)
  return {'refused', why, state or 0, expired or '', texts()}
end

-- Of a job that isn't stored (or whose record is of a newer version). `delivery`: a begin under it is refused as begun
-- where that delivery has finished the job.
--! rarely
local function not_stored(id, delivery)
  local entry = ended_entry(id)
  if not entry then
    return refused('unknown')
  end
  if delivery and entry.last and entry.last[1] == delivery then
    return refused('begun', entry.outcome)
  end
  return refused('ended', entry.outcome)
end

-- Why a message of this generation is not the present one of a claimed or sent job; nil where it is.
local function not_sent(job, generation)
  if job.state == DEAD then
    return 'ended'
  end
  if job.state == WAITING or job.run[GENERATION] ~= generation then
    return 'stale'
  end
  if job.state == RUNNING then
    return 'begun'
  end
end
