-- settle: a worker's parent knows that a delivery will not go on.
-- KEYS[1] the stripe's prefix
-- ARGV[3] id   ARGV[4] generation   ARGV[5] delivery id   ARGV[6] points   ARGV[7] reason (maybe)
-- ARGV[8] "1": no worker knows the handler   ARGV[9] "1": points for a run alone
-- Guard: running under this delivery; or claimed or sent at its generation; repeated: the same answer by delivery id.
-- Returns {"finished", state, due or -1, view of a job that this ended or '', texts} or a refusal as begin.lua
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/losses.lua
--! include lib/refusals.lua
--! include lib/finishes.lua

local id, delivery, points, reason = ARGV[3], ARGV[5], tonumber(ARGV[6]), maybe(ARGV[7])
local job = load(id)
if not job then
  local entry = ended_entry(id)
  return said_before(entry and entry.last or nil, delivery) or not_stored(id)
end
local run = run_of(job)
local running = job.state == RUNNING and run[DELIVERY] == delivery
if not running then
  local said = said_before({run[LAST_DELIVERY], run[LAST_STATE], run[LAST_DUE]}, delivery)
  if said then
    return said
  end
  local expired = expire_if_due(job)
  if expired then
    flush()
    return refused('ended', EXPIRED, expired)
  end
  local why = not_sent(job, tonumber(ARGV[4]))
  if why then
    return refused(why, job.state)
  end
end

-- Its worker stops, as a finish with "stop".
local function stop()
  if run[CANCEL] then
    return CANCELLED, nil, run[ERROR]
  elseif job.expires and job.expires <= now then
    return EXPIRED, nil, run[ERROR]
  end
  run[POLL_NEXT] = run[POLLED]
  return WAITING, now
end

-- No worker knows its handler: a growing pause, and at the end of the grace a dead letter.
local function unknown()
  run[UNKNOWN_SINCE] = run[UNKNOWN_SINCE] or now
  local waited = now - run[UNKNOWN_SINCE]
  if waited >= option('unknown_grace') then
    return DEAD, nil, reason
  end
  run[ERROR] = cut(reason, 8000) or run[ERROR]
  return WAITING, now + max(SECOND, min(waited, 60 * SECOND))
end

local state, due, shown, errors
if points > 0 and (running or ARGV[9] ~= '1') then
  state, due, shown = lose(job, points, reason, delivery)
else
  if running then
    state, due, errors = stop()
  elseif ARGV[8] == '1' then
    state, due, errors = unknown()
  else
    state, due = WAITING, job.due
  end
  shown = move(job, state, due, errors, delivery)
end
flush()
return answer_finished(state, due, shown)
