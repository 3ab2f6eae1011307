-- run: the value in a shard's `runs` hash: what changes while a job is in flight; only for jobs that were claimed at
-- least once. A packed list; false or 0 stand for "none", since a list has no holes.

local STATE, GENERATION, ATTEMPT, FAILURES, LOST_RUNS, LOST_POINTS, SENDS, DUE = 1, 2, 3, 4, 5, 6, 7, 8
local POLL_NEXT, POLLED, CANCEL, DELIVERY, RUN_ID, TOKEN = 9, 10, 11, 12, 13, 14
local LAST_DELIVERY, LAST_STATE, LAST_DUE, UNKNOWN_SINCE, ERROR, ENDED_AT = 15, 16, 17, 18, 19, 20
local ROUTE, EXPIRES = 21, 22 -- copies of the record's, so that the record needn't be read for a mark or a hold
local HELD = 23 -- a worker's parent has held it since it was claimed; there only where that is so

local function new_run(job)
  return {WAITING, 0, 0, 0, 0, 0, 0, job.record_due, false, false, false, '', '', '', '', 0, false, false, false, false,
          job.route, job.expires or false}
end

local function read_run(packed)
  return cmsgpack.unpack(packed)
end

local function save_run(job)
  call('HSET', runs_key(job.shard), job.id, cmsgpack.pack(job.run))
end

-- An error's text, at most this many characters (not bytes: UTF-8's further bytes aren't counted).
local function cut(given, characters)
  if not given or #given <= characters then
    return given
  end
  local count = 0
  for at = 1, #given do
    local byte = given:byte(at)
    if byte < 128 or byte >= 192 then
      count = count + 1
      if count > characters then
        return sub(given, 1, at - 1)
      end
    end
  end
  return given
end
