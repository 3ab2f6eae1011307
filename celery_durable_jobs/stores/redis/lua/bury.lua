-- bury: a job that can never run becomes a dead letter.
-- KEYS[1] the stripe's prefix
-- ARGV[3] id   ARGV[4] generation   ARGV[5] reason   ARGV[6] shard of the keeper's term, or ''   ARGV[7] its token
-- Guard: `claimed` or `sent`, generation; with a term: lease token, of the job's own shard.
-- Returns {"dead", view, texts} or a refusal as begin.lua
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
--! include lib/refusals.lua

if ARGV[6] ~= '' and (ARGV[6] ~= shard_of(ARGV[3]) or not holds(ARGV[6], ARGV[7])) then
  return refused('lease')
end
local job = load(ARGV[3])
if not job then
  return not_stored(ARGV[3])
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
local shown = die(job, ARGV[5])
flush()
return {'dead', shown, texts()}
