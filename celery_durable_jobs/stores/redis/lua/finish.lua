-- finish: what a run came to.
-- KEYS[1] the stripe's prefix
-- ARGV[3] id   ARGV[4] delivery id   ARGV[5] kind   ARGV[6] when (moment)   ARGV[7] error (maybe)
-- Guard: `running`, delivery id; or this delivery is the one of the last finish: the same answer.
-- Returns {"finished", state, due or -1, view of the dead letter or '', texts} or a refusal as begin.lua
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/refusals.lua
--! include lib/finishes.lua
--! include lib/usual.lua

local id, delivery, kind, errors = ARGV[3], ARGV[4], ARGV[5], maybe(ARGV[7])
local job = load(id)

-- The usual case.
if kind == 'succeed' and job and job.state == RUNNING and job.run[DELIVERY] == delivery
  and not (job.key and job.until_ended) then
  local shard, run, rotation = job.shard, job.run, call('HGET', B .. 'rotation', 'ended')
  local number, started, hashes = (rotation or ''):match('^(%d+):(%d+):(%d+):')
  if number and now < started + option('keep_ended') then
    local runs = call('HGET', B .. 'counts', RUNNING)
    if job.target then
      call('ZCARD', B .. 'targets')
    end
    local heads = usual_heads(shard, id)
    if heads ~= nil then
      call('HSET', bucket_key('ended', number, hash_of(id, tonumber(hashes))), id, pack_ended({
        outcome = SUCCEEDED, ended = now, digest = job.digest, handler = job.handler, name = job.name, due = job.due,
        attempt = run[ATTEMPT], last = {delivery, SUCCEEDED, false},
      }))
      call('ZREM', open_key(shard), id)
      call('HDEL', jobs_key(shard), id)
      call('HDEL', runs_key(shard), id)
      if job.target then
        unlist_target(job)
      end
      call('HSET', B .. 'counts', RUNNING, (runs or 0) - 1)
      if heads then
        write_heads(shard, heads)
      end
      return {'finished', SUCCEEDED, -1, '', {}}
    end
  end
end

if not job then
  local entry = ended_entry(id)
  return said_before(entry and entry.last or nil, delivery) or not_stored(id)
end
local run = run_of(job)
if job.state ~= RUNNING or run[DELIVERY] ~= delivery then
  return said_before({run[LAST_DELIVERY], run[LAST_STATE], run[LAST_DUE]}, delivery)
    or refused(job.state == DEAD and 'ended' or 'stale', job.state)
end

if kind == 'succeed' then
  return finished(job, delivery, SUCCEEDED, nil)
elseif kind == 'die' then
  run[FAILURES] = run[FAILURES] + 1
  return finished(job, delivery, DEAD, errors)
end

-- What would put it back: unless a cancel was requested, or its time is over.
local when = kind == 'stop' and now or moment(ARGV[6])
local last_error = errors and errors ~= '' and errors or run[ERROR]
if run[CANCEL] then
  return finished(job, delivery, CANCELLED, last_error)
end
if job.expires and (job.expires <= now or when > job.expires) then
  return finished(job, delivery, EXPIRED, last_error)
end
run[POLL_NEXT] = kind == 'poll' or (kind == 'stop' and run[POLLED])
if kind == 'retry' then
  run[FAILURES], run[ERROR] = run[FAILURES] + 1, cut(errors, 8000) or false
elseif kind == 'reschedule' then
  run[ATTEMPT], run[FAILURES], run[LOST_RUNS], run[LOST_POINTS], run[ERROR] = 0, 0, 0, 0, false
end
return finished(job, delivery, WAITING, nil, when)
