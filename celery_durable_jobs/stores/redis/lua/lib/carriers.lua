-- carriers: messages that carry several jobs of one handler. Their specification is model/carrier.py and
-- stores/splicing.py.

-- What is given of carriers, by handler, and the place behind it. `from`: the place of their number; then of each:
-- handler, the most jobs of one message, slots, texts.
local function read_carriers(from)
  local carriers, at = {}, from + 1
  for _ = 1, tonumber(ARGV[from]) do
    local handler, slots = number_of('h', ARGV[at]), ARGV[at + 2]
    if handler then
      carriers[handler] = {handler = ARGV[at], most = tonumber(ARGV[at + 1]), template = template_of(slots, at + 3)}
    end
    at = at + 4 + #slots
  end
  return carriers, at
end

-- Whether a job's message differs from others' in arguments and plain headers alone.
local function travels(job)
  local raw, at = job.raw, job.content_at
  local flags = raw:byte(at)
  if flags == 2 then
    return true
  elseif flagged(flags, 8) then
    return false
  elseif not flagged(flags, 4) then
    return true
  end
  at = at + 1
  if flagged(flags, 1) then
    at = at + 1 + raw:byte(at)
    at = at + 1 + raw:byte(at)
  end
  local headers = unpacked('>I4c0', raw, at)
  return not has(headers, '"timelimit":') and not has(headers, '"compression":')
end

-- The message of jobs that have their generations.
local function carrier_of(carrier, jobs)
  local name, aboard, first = carrier.handler, {}, jobs[1]
  for i, job in ipairs(jobs) do
    aboard[i] = '["' .. job.id .. '", ' .. text(job.run[GENERATION]) .. ']'
  end
  local body = '[[' .. cjson.encode(name) .. ', [' .. table.concat(aboard, ', ') .. ']], {}' .. TAIL
  return message_of({
    template = carrier.template, I = 'carrier-' .. first.id .. '-' .. text(first.run[GENERATION]), H = '',
    B = cjson.encode(body), A = cjson.encode('(' .. name .. ', jobs: ' .. #jobs .. ')'), K = '"{}"',
  }, 0, 0)
end
