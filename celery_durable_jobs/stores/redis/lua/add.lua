-- add: a client stores a job.
-- KEYS[1] the stripe's prefix
-- ARGV[3] id   ARGV[4] handler   ARGV[5] route   ARGV[6] due (moment)   ARGV[7..9] name, target, key (maybe)
-- ARGV[10] metadata part   ARGV[11] content   ARGV[12] digest   ARGV[13] on_conflict   ARGV[14] "1": key_until="ended"
-- ARGV[15] expires (moment or '')   ARGV[16] the route's queue (maybe)
-- Guard: the id is neither stored nor ended; the same request again gets the same answer.
-- Returns {outcome, state, due or -1, 1 where a keeper is alive, the holder's view or '', texts}
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/rewrite.lua
--! include lib/adding.lua

local id, digest = ARGV[3], ARGV[12]
local shard = shard_of(id)

local function answer(outcome, state, due, holder, names)
  return {outcome, state or WAITING, due or -1, keeper_alive(), holder or '', names or {}}
end

-- The answer of an add that met its key: its outcome of then, the holder as it is now.
--! rarely
local function met(outcome, holder_id)
  local holder, newer = load(holder_id)
  if holder then
    local shown = view(holder)
    return answer(outcome, holder.state, holder.state ~= DEAD and holder.due, shown, texts())
  end
  local entry = not newer and ended_entry(holder_id)
  if entry then
    local shown = view_ended(holder_id, entry)
    return answer(outcome, entry.outcome, nil, shown, texts())
  end
  return answer(outcome)
end

-- The id is stored, or has ended.
--! rarely
local function known_already(stored, ended)
  if stored then
    local job = parse_record(id, stored)
    if not job or job.digest ~= digest then
      return answer('id_taken')
    end
    attach_run(job, call('HGET', runs_key(shard), id))
    return answer('stored', job.state, job.state ~= DEAD and job.due)
  end
  local entry = read_ended(ended)
  if entry and entry.digest and entry.digest ~= digest then
    return answer('id_taken')
  end
  return entry and answer('stored', entry.outcome)
end

-- The same add met its key before.
--! rarely
local function met_before(before)
  before = cmsgpack.unpack(before)
  if now < before[1] + RETRY_HORIZON then
    if before[2] ~= digest then
      return answer('id_taken')
    end
    return met(before[3], before[4])
  end
end

local stored = call('HGET', jobs_key(shard), id)
local ended = not stored and kept('ended', id)
local before = not stored and kept('adds', id)
local said = (stored or ended) and known_already(stored, ended) or before and met_before(before)
if said then
  return said
end

local job = new_job(id, digest, ARGV[6], ARGV[7], ARGV[8], ARGV[9], ARGV[14], ARGV[15])
local handler, route = numbers_of(ARGV[4], ARGV[5])
check_line(shard, route or 0, id, job.record_due)
check_counts()
check_target(job)

-- Another job has the key. Answers nil when it has just been ended, or is gone.
--! rarely
local function meet(holder_id)
  local holder, newer = load(holder_id)
  if newer then
    return answer('key_taken')
  end
  if holder and not expire_if_due(holder) then
    local outcome = 'key_taken'
    if ARGV[13] == 'return' then
      outcome = 'returned'
    elseif ARGV[13] == 'replace' and holder.state <= SENT and holder.handler == handler
      and holder.route == route then
      outcome = 'replaced'
      holder.expires = job.expires
      rewrite(holder, job.record_due, ARGV[10], ARGV[11])
    end
    keep('adds', id, cmsgpack.pack({now, digest, outcome, holder_id}))
    flush()
    return met(outcome, holder_id)
  end
end

local holder_id = job.key and holder_of(job.key, job.target)
said = holder_id and meet(holder_id)
if said then
  return said
end

job.handler = handler or intern('h', ARGV[4])
job.route = route or intern('r', ARGV[5], maybe(ARGV[16]))
call('HSET', jobs_key(shard), id, build_record(job, ARGV[10], ARGV[11]))
call('ZADD', line_key(shard, job.route), job.record_due, id)
touch_line(shard, job.route, id, job.record_due)
count(WAITING, 1)
name_job(job)
flush()
return answer('stored', WAITING, job.record_due)
