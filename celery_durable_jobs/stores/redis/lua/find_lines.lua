-- find_lines: ids of waiting jobs of one route behind a place, merged from its lines in due order. One call visits a
-- bounded number of lines and jobs; it then says where the next one is to go on.
-- KEYS[1] the stripe's prefix
-- ARGV[3] route number, or '' for the list of routes   ARGV[4] due time and ARGV[5] id of the last job seen, or ''
-- ARGV[6] limit   ARGV[7] due time beyond which nothing is wanted, or ''   ARGV[8] head and ARGV[9] shard of the line
-- that was visited last, or ''
-- Guard: none; writes nothing.
-- Returns {{id, due …}, head and shard of the last visited line, or nothing when all were visited}; without a route:
-- the numbers of routes
--! include lib/base.lua
--! include lib/after.lua

local LINES, JOBS = 1000, 5000

if ARGV[3] == '' then
  local numbers = {}
  for _, member in ipairs(call('ZRANGE', B .. 'registry', 0, -1)) do
    if member ~= 'open' then
      numbers[#numbers + 1] = tonumber(sub(member, 2))
    end
  end
  return numbers
end

local route, at, id, limit = ARGV[3], tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6])
local bound = tonumber(ARGV[7])
local found, read = {}, 0

local function before(one, other)
  if one[1] ~= other[1] then
    return one[1] < other[1]
  end
  return one[2] < other[2]
end

-- Keep the first `limit`; nothing behind the last of them is wanted any more.
local function trim()
  table.sort(found, before)
  for i = #found, limit + 1, -1 do
    found[i] = nil
  end
  if #found == limit then
    bound = min(bound or found[limit][1], found[limit][1])
  end
end

local head, shard
local lines = entries_after(B .. 'lines:' .. route, tonumber(ARGV[8]), ARGV[9], LINES)
local finished = #lines < 2 * LINES
for i = 1, #lines, 2 do
  local line_head = tonumber(lines[i + 1])
  if bound and line_head > bound then
    finished = true
    break
  end
  if read >= JOBS then
    finished = false
    break
  end
  shard, head = lines[i], line_head
  local jobs = entries_after(line_key(shard, route), at, id, limit)
  read = read + #jobs / 2
  for j = 1, #jobs, 2 do
    local due = tonumber(jobs[j + 1])
    if bound and due > bound then
      break
    end
    found[#found + 1] = {due, jobs[j]}
  end
  if #found > 2 * limit then
    trim()
  end
end
trim()

local answer = {}
for i, job in ipairs(found) do
  answer[2 * i - 1], answer[2 * i] = job[2], job[1]
end
return finished and {answer} or {answer, head, shard}
