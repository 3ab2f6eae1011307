-- add_many: a client stores many jobs of one handler and one route that are plainly new.
-- KEYS[1] the stripe's prefix
-- ARGV[3] handler   ARGV[4] route   ARGV[5] the route's queue (maybe)
-- ARGV[6] seven of "0" and "1": whether each job has its own of due (moment), name, target, key (maybe), metadata part,
-- "1": key_until="ended", expires (moment or '')   ARGV[7..13] what all have of these, where they have the same
-- ARGV[14..] of each job: id, digest, content, and its own of these, in this order
-- Guard: that of add, for each. What isn't plainly new (its id is stored, ended or kept, its key is taken, it is the
-- second of its kind here) is left alone: add.lua says what it is.
-- Returns {a "1" for each job that was stored and a "0" for each that wasn't, now, 1 where a keeper is alive, µs that
-- this took}
--! include lib/base.lua
--! include lib/record.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/adding.lua

local jobs, ids, shards, own = {}, {}, {}, {}
for column = 1, 7 do
  if ARGV[6]:byte(column) == 49 then
    own[#own + 1] = column
  end
end
local columns = {unpack(ARGV, 7, 13)}
for at = 14, #ARGV, 3 + #own do
  for place = 1, #own do
    columns[own[place]] = ARGV[at + 2 + place]
  end
  local job = new_job(ARGV[at], ARGV[at + 1], columns[1], columns[2], columns[3], columns[4], columns[6], columns[7])
  job.content, job.metadata = ARGV[at + 2], columns[5]
  jobs[#jobs + 1], ids[#ids + 1] = job, job.id
  local shard = shards[job.shard]
  if not shard then
    shard = {ids = {}, records = {}, line = {}}
    shards[job.shard] = shard
  end
  shard.ids[#shard.ids + 1] = job.id
end

local known, marks, fresh, taken = {}, {}, {}, {}
mark_kept('ended', ids, known)
mark_kept('adds', ids, known)
for name, shard in pairs(shards) do
  for place, stored in ipairs(many('HMGET', jobs_key(name), shard.ids)) do
    known[shard.ids[place]] = known[shard.ids[place]] or stored
  end
end

local handler, route = numbers_of(ARGV[3], ARGV[4])
check_counts()
for place, job in ipairs(jobs) do
  local new, field = not known[job.id], job.key and key_field(job.key, job.target)
  known[job.id] = true
  if new and field then
    new = not taken[field] and not holder_of(job.key, job.target)
    taken[field] = true
  end
  marks[place] = new and '1' or '0'
  if new then
    local shard = shards[job.shard]
    fresh[#fresh + 1] = job
    if not shard.first or job.record_due < shard.due or (job.record_due == shard.due and job.id < shard.first) then
      shard.first, shard.due = job.id, job.record_due
    end
    check_target(job)
  end
end
for name, shard in pairs(shards) do
  if shard.first then
    check_line(name, route or 0, shard.first, shard.due)
  end
end

if #fresh > 0 then
  handler = handler or intern('h', ARGV[3])
  route = route or intern('r', ARGV[4], maybe(ARGV[5]))
  for _, job in ipairs(fresh) do
    local shard = shards[job.shard]
    local records, line = shard.records, shard.line
    job.handler, job.route = handler, route
    records[#records + 1], records[#records + 2] = job.id, build_record(job, job.metadata, job.content)
    line[#line + 1], line[#line + 2] = job.record_due, job.id
  end
  for name, shard in pairs(shards) do
    if shard.first then
      in_pieces('HSET', jobs_key(name), shard.records)
      in_pieces('ZADD', line_key(name, route), shard.line)
      touch_line(name, route, shard.first, shard.due)
    end
  end
  count(WAITING, #fresh)
  for _, job in ipairs(fresh) do
    name_job(job)
  end
  flush()
end
return {table.concat(marks), now, keeper_alive(), busy()}
