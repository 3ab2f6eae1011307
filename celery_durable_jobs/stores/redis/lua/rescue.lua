-- rescue: a keeper treats runs whose lease has run out as lost.
-- KEYS[1] the stripe's prefix
-- ARGV[3] shard   ARGV[4] token   ARGV[5] limit
-- Guard: lease token; `running`, its deadline passed; the contact rule.
-- Returns {{ids that wait again}, {views of dead}, {of cancelled}, {of expired}, 1 where there are more, texts};
-- {"lease"} where the lease guard failed
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
--! include lib/losses.lua
--! include lib/contact.lua
--! include lib/overdue.lua

local shard, limit = ARGV[3], tonumber(ARGV[5])
if not holds(shard, ARGV[4]) then
  return {'lease'}
end
check_ends('00')
local ids = may_recover() and overdue(shard, RUNNING, limit + 1) or {}
local returned, ended = {}, {[DEAD] = {}, [CANCELLED] = {}, [EXPIRED] = {}}
for i = 1, min(#ids, limit) do
  local job = load(ids[i])
  if job then
    local state, _, shown = lose(job, 1)
    if state == WAITING then
      returned[#returned + 1] = job.id
    else
      ended[state][#ended[state] + 1] = shown
    end
  end
end
flush()
return {returned, ended[DEAD], ended[CANCELLED], ended[EXPIRED], #ids > limit and 1 or 0, texts()}
