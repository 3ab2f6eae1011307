-- mark sent: the broker has the messages.
-- KEYS[1] the stripe's prefix
-- ARGV[3] shard   ARGV[4] token   ARGV[5…] id, generation of each
-- Guard: lease token; per job `claimed` under this token at this generation.
-- Returns {"sent" | "begun" | "gone", …}; {"lease"} where the lease guard failed
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

local shard, token = ARGV[3], ARGV[4]
if not holds(shard, token) then
  return {'lease'}
end
local ids = {}
for i = 5, #ARGV, 2 do
  ids[#ids + 1] = ARGV[i]
end
local packed = many('HMGET', runs_key(shard), ids)
local marks, late, sent, held = {}, {}, {}, {}
local values, scores, deadline = {}, {}, now + option('begin_timeout')

for i, id in ipairs(ids) do
  local run = packed[i] and read_run(packed[i])
  local mark = 'gone'
  if run and run[STATE] <= SENT and run[EXPIRES] and run[EXPIRES] <= now then
    late[#late + 1] = id
  elseif run and run[GENERATION] == tonumber(ARGV[3 + 2 * i + 1]) then
    if run[STATE] == RUNNING then
      mark = 'begun'
    elseif run[STATE] == SENT then
      mark = 'sent'
    elseif run[STATE] == CLAIMED and run[TOKEN] == token then
      mark = 'sent'
      run[STATE], run[SENDS] = SENT, 1
      local place = #sent + 1
      sent[place] = id
      values[2 * place - 1], values[2 * place] = id, cmsgpack.pack(run)
      scores[2 * place - 1], scores[2 * place] = deadline, id
      if run[HELD] then
        held[#held + 1] = place
      end
    end
  end
  marks[i] = mark
end

if #sent > 0 then
  check_open(shard)
  check_counts()
  call('ZCARD', claimed_key(shard))
  for _, place in ipairs(held) do
    scores[2 * place - 1] = max(deadline, tonumber(call('ZSCORE', open_key(shard), sent[place]) or 0))
  end
end
if #late > 0 then
  check_ends('00')
  for _, id in ipairs(late) do
    local job = load(id)
    if job then
      expire_if_due(job)
    end
  end
end
if #sent > 0 then
  in_pieces('HSET', runs_key(shard), values)
  in_pieces('ZREM', claimed_key(shard), sent)
  in_pieces('ZADD', open_key(shard), scores)
  touch_open(shard)
  count(CLAIMED, -#sent)
  count(SENT, #sent)
end
flush()
return marks
