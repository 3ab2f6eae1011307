-- losses: what becomes of a job whose run was lost (model/losses.py).

local LOST_RUN = 'Lost run: its worker vanished.'
local POINTS_DEATH = 3

-- How long it waits after this many lost runs: the first goes back at once. The same as lost_run_pause_us in Python;
-- the product is made in two halves, since a double holds no more than 53 bits.
local function lost_run_pause(id, lost_runs)
  if lost_runs <= 1 then
    return 0
  end
  local half = min(SECOND * 2 ^ min(lost_runs - 1, 6), 60 * SECOND) / 2
  local draw = tonumber(sub(redis.sha1hex(id .. ':' .. lost_runs), 1, 8), 16)
  local high, low = floor(draw / 65536), draw % 65536
  return half + floor((half * high + floor(half * low / 65536)) / 65536)
end

-- A lost run. `delivery`: remembers the answer. Answers the state that the job is in now, its due time where it waits,
-- and its record where this ended it.
local function lose(job, points, reason, delivery)
  local run, begun = run_of(job), job.state == RUNNING
  local errors, state, due = reason and reason ~= '' and reason or LOST_RUN, WAITING, nil
  run[LOST_RUNS], run[LOST_POINTS] = run[LOST_RUNS] + 1, run[LOST_POINTS] + points
  run[ERROR], run[POLL_NEXT] = cut(errors, 8000), false
  if run[CANCEL] then
    state = CANCELLED
  elseif run[LOST_POINTS] >= POINTS_DEATH * option('max_lost_runs') then
    state = DEAD
  elseif job.expires and job.expires <= now then
    state = EXPIRED
  else
    local pause = lost_run_pause(job.id, run[LOST_RUNS])
    due = (begun or pause > 0) and now + pause or job.due
  end
  return state, due, move(job, state, due, errors, delivery)
end
