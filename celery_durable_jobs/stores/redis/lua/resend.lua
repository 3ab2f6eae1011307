-- resend: a keeper sends copies of what was sent and has not begun.
-- KEYS[1] the stripe's prefix
-- ARGV[3] shard   ARGV[4] token   ARGV[5] limit   ARGV[6] limit of bytes
-- ARGV[7…] routes to leave out
-- Guard: lease token; `sent`, its deadline passed; the contact rule.
-- Returns {{views}, {views of expired}, 1 where there are more, texts}; {"lease"} where the lease guard failed
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
--! include lib/contact.lua
--! include lib/overdue.lua

local shard, limit, limit_bytes = ARGV[3], tonumber(ARGV[5]), tonumber(ARGV[6])
if not holds(shard, ARGV[4]) then
  return {'lease'}
end
check_ends('00')
local leave_out = {}
for i = 7, #ARGV do
  local route = number_of('r', ARGV[i])
  if route then
    leave_out[route] = true
  end
end
local ids = may_recover() and overdue(shard, SENT, limit + 1, leave_out) or {}
local views, expired, bytes, seen = {}, {}, 0, 0
for i = 1, min(#ids, limit) do
  local job = load(ids[i])
  local gone = job and expire_if_due(job)
  if gone then
    expired[#expired + 1] = gone
  elseif job then
    bytes = bytes + body_size(job)
    if #views > 0 and bytes > limit_bytes then
      break
    end
    -- 1, 2, 4, 8 … begin timeouts pass between the copies.
    local run = job.run
    local pause = min(option('begin_timeout') * 2 ^ min(run[SENDS], 32), MAX_BEGIN_TIMEOUT)
    run[SENDS] = run[SENDS] + 1
    check_open(shard, job.id, now + pause)
    save_run(job)
    call('ZADD', open_key(shard), now + pause, job.id)
    touch_open(shard, job.id, now + pause)
    views[#views + 1] = view(job)
  end
  seen = i
end
flush()
return {views, expired, seen < #ids and 1 or 0, texts()}
