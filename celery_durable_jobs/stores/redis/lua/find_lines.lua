-- find_lines: ids of waiting jobs of one route behind a place, merged from its lines in due order. One call visits a
-- bounded number of lines and jobs.
-- KEYS[1] the stripe's prefix
-- ARGV[3] route number, or '' for the list of routes   ARGV[4] due time and ARGV[5] id of the last job seen, or ''
-- ARGV[6] limit   ARGV[7] due time beyond which nothing is wanted, or ''   ARGV[8] '', or a place among all lines ('0':
-- the start)
-- Guard: none; writes nothing.
-- Returns {{id, due …}, the moment from which on jobs may be missing, or nothing where none are}, from the lines with
-- the oldest heads; where that is no later than the last job seen, none can be told that way. With a place among all
-- lines: {{id, due …}, the next place, '0' at the end}, from some lines, in no order; a line that is there all the time
-- is visited, whatever becomes of its head meanwhile. Without a route: the numbers of routes
--! include lib/base.lua
--! include lib/after.lua

local LINES, JOBS, LINES_OF_ALL = 1000, 5000, 200

if ARGV[3] == '' then
  local numbers = {}
  for _, member in ipairs(call('ZRANGE', B .. 'registry', 0, -1)) do
    if member ~= 'open' then
      numbers[#numbers + 1] = tonumber(sub(member, 2))
    end
  end
  return numbers
end

local lines, at, id, limit = B .. 'lines:' .. ARGV[3], tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6])
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

local function visit(shard)
  local jobs = entries_after(line_key(shard, ARGV[3]), at, id, limit)
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

local function ids()
  local answer = {}
  for i, job in ipairs(found) do
    answer[2 * i - 1], answer[2 * i] = job[2], job[1]
  end
  return answer
end

if ARGV[8] ~= '' then
  local scanned = call('ZSCAN', lines, ARGV[8], 'COUNT', LINES_OF_ALL)
  for i = 1, #scanned[2], 2 do
    if not (bound and tonumber(scanned[2][i + 1]) > bound) then
      visit(scanned[2][i])
    end
  end
  trim()
  return {ids(), scanned[1]}
end

-- All jobs of a line are due no sooner than its head: what the lines that aren't visited have comes behind the head of
-- the first of them.
local heads, missing = call('ZRANGE', lines, 0, LINES, 'WITHSCORES'), nil
for i = 1, #heads, 2 do
  local head = tonumber(heads[i + 1])
  if bound and head > bound then
    break
  end
  if read >= JOBS or i > 2 * LINES then
    missing = head
    break
  end
  visit(heads[i])
end
trim()
return missing and {ids(), missing} or {ids()}
