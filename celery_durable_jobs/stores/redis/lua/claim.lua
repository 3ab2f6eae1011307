-- claim: a keeper takes due jobs out of their line.
-- KEYS[1] the stripe's prefix
-- ARGV[3] shard   ARGV[4] token   ARGV[5] route   ARGV[6] the route's queue (maybe)   ARGV[7] limit
-- ARGV[8] limit of bytes   ARGV[9] on a full server: the route's bound and limit (else '')
-- Guard: lease token; due <= now; room in the route's backlog; queue not paused.
-- Returns {now, lease until, {views}, next head or -1, room or -1, 1 where paused, {views of expired}, {ids moved
-- aside}, what the keeper can't know (lib/due.lua), texts}; {now} where the guard failed
--! include lib/base.lua
--! include lib/record.lua
--! include lib/run.lua
--! include lib/names.lua
--! include lib/registry.lua
--! include lib/kept.lua
--! include lib/keys.lua
--! include lib/leases.lua
--! include lib/job.lua
--! include lib/moves.lua
--! include lib/due.lua
--! include lib/taking.lua

local shard, token = ARGV[3], ARGV[4]
local till = holds(shard, token)
if not till then
  return {now}
end
local all, views = new_taking(), {}

local function write_taken(taken)
  local last = call('INCRBY', B .. 'seq', #taken)
  local ids, deadlines, claims, values = {}, {}, {}, {}
  local deadline, number = now + option('lease_ttl'), tonumber(token:match('^%d+'))
  for i, job in ipairs(taken) do
    local run = run_of(job)
    run[STATE], run[GENERATION], run[TOKEN], run[SENDS], run[HELD] = CLAIMED, last - #taken + i, token, 0, nil
    job.state = CLAIMED
    ids[i] = job.id
    deadlines[2 * i - 1], deadlines[2 * i] = deadline, job.id
    claims[2 * i - 1], claims[2 * i] = number, job.id
    values[2 * i - 1], values[2 * i] = job.id, cmsgpack.pack(run)
    views[i] = view(job)
  end
  in_pieces('ZADD', claimed_key(shard), claims)
  move_taken(all, ids, CLAIMED, deadlines, values)
end

if all.route then
  take(all)
  if #all.taken > 0 then
    write_taken(all.taken)
  end
  flush()
end
return {now, till, views, all.route and head_of(all.line) or -1, room_of(all), all.paused and 1 or 0, all.expired,
        all.aside, all.route and next_need(shard, all.route) or -1, texts()}
