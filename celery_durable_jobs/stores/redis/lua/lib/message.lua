-- message: the text of a job's message, from a template (steps/dispatch.py). Its specification is stores/splicing.py.

local SHOWN_BODY, SHOWN, LEVELS = 2000, 1000, 3
-- As in stores/codec.py.
local TAIL = ', {"callbacks": null, "errbacks": null, "chain": null, "chord": null}]'

-- The kind of a stored content (codec.form_of), its headers' JSON, and its body.
local function content_of(job)
  local raw, at = job.raw, job.content_at
  local flags = raw:byte(at)
  if flags == 2 then
    return '\0', '{}', sub(raw, at + 1) .. TAIL
  end
  local kind, headers = flags % 2 + (flagged(flags, 8) and 8 or 0), '{}'
  local parts = {string.char(kind)}
  at = at + 1
  if flagged(flags, 1) then
    local from = at
    for _ = 1, 2 do
      at = at + 1 + raw:byte(at)
    end
    parts[2] = sub(raw, from, at - 1)
  end
  if flagged(flags, 4) then
    headers, at = unpacked('>I4c0', raw, at)
  end
  if flagged(flags, 8) then
    local from = at
    at = at + 4 + unpacked('>I4', raw, at)
    parts[#parts + 1] = sub(raw, from, at - 1)
  end
  local body = sub(raw, at)
  return table.concat(parts), headers, flagged(flags, 2) and body .. TAIL or body
end

local function has(text_, word)
  return text_:find(word, 1, true) ~= nil
end

-- What JSON's escapes stand for, quoted as it is shown; false where that can't be.
local function unescaped(value)
  local fine, decoded = pcall(cjson.decode, '["' .. value:gsub('\2', '\\\\'):gsub('\3', '\\"') .. '"]')
  return fine and not decoded[1]:find('\237[\160-\191]') and "'" .. decoded[1]:gsub("'", "\\'") .. "'"
end

-- The text with a mark in place of each string; the strings as they are shown, false for one that can't be.
local function without_strings(body)
  local strings, plain = {}, body
  if has(body, '\\') then
    plain = plain:gsub('\\\\', '\2'):gsub('\\"', '\3')
  end
  local skeleton = plain:gsub('"([^"]*)"', function(value)
    if value:find('[\\\2\3]') then
      strings[#strings + 1] = unescaped(value)
    else
      strings[#strings + 1] = "'" .. value:gsub("'", "\\'") .. "'"
    end
    return '\1'
  end)
  return skeleton, strings
end

local function levels(part)
  local brackets = part:gsub('[^%[%]{}]', '')
  if #brackets <= 2 * LEVELS then
    return #brackets / 2
  end
  local depth, deepest = 0, 0
  for i = 1, #brackets do
    local char = brackets:byte(i)
    if char == 91 or char == 123 then
      depth = depth + 1
      deepest = max(deepest, depth)
    else
      depth = depth - 1
    end
  end
  return deepest
end

-- Outside of strings: NaN, Infinity, separators other than Python's own; or too many levels.
local function odd(part)
  return part:find('[NI\t\r\n]') or part:find(',[^ ]') or part:find(':[^ ]') or part:find('[^,:] ')
    or levels(part) > LEVELS
end

-- The same for what is usual, and quick: flat arguments, numbers and texts without blanks. nil: look closer.
local function shown_at_once(body)
  local args, kwargs = body:match("^%[%[([^%[%]{}\\']*)%], ({[^%[%]{}\\']*})")
  if not args or #args > SHOWN - 3 or #kwargs > SHOWN then
    return nil
  end
  local bare, texts_ = args, has(body, '"')
  if texts_ then
    -- A quote that is left: what looked like the end stood within a string.
    bare = args:gsub('"[^"]*"', '')
    if has(bare, '"') or (kwargs ~= '{}' and has(kwargs:gsub('"[^"]*"', ''), '"')) then
      return nil
    end
  end
  local both = kwargs == '{}' and args or args .. kwargs
  if both:find('[ ,:tfnNI%c]') and (odd(both) or has(both, 'true') or has(both, 'false') or has(both, 'null')) then
    return nil
  end
  if texts_ then
    args, kwargs = args:gsub('"', "'"), kwargs:gsub('"', "'")
  end
  return '(' .. args .. (args ~= '' and not has(bare, ',') and ',)' or ')'), kwargs
end

-- What Celery shows of the arguments and the keywords; nil where it takes more than a look at the text.
local function shown(body)
  if #body > SHOWN_BODY or has(body, '__type__') then
    return nil
  end
  local quick, quick_kwargs = shown_at_once(body)
  if quick then
    return quick, quick_kwargs
  end
  local skeleton, strings = without_strings(body)
  local args, kwargs = skeleton:match('^%[(%b[]), (%b{})')
  if not args or odd(args) or odd(kwargs) then
    return nil
  end
  local inner = sub(args, 2, -2)
  local one = inner ~= '' and not has(inner:gsub('%b[]', ''):gsub('%b{}', ''), ',')
  local at, fine = 0, true
  local function written(part)
    part = part:gsub('true', 'True'):gsub('false', 'False'):gsub('null', 'None')
    part = part:gsub('\1', function()
      at = at + 1
      fine = fine and strings[at]
      return strings[at] or ''
    end)
    return part
  end
  args, kwargs = written('(' .. inner .. (one and ',)' or ')')), written(kwargs)
  if not fine or #args > SHOWN or #kwargs > SHOWN then
    return nil
  end
  return args, kwargs
end

-- A template by its slots and the place of its first text.
local function template_of(slots, at)
  local parts, names = {ARGV[at]}, {}
  for i = 1, #slots do
    names[i], parts[2 * i], parts[2 * i + 1] = sub(slots, i, i), '', ARGV[at + i]
  end
  return {parts = parts, names = names, shows = has(slots, 'A') or has(slots, 'K')}
end

-- Templates by what they are meant for. `from`: the place of the first one's arguments: handler, kind, headers
-- (maybe), slots, then the texts.
local function read_templates(from)
  local templates, at = {}, from
  while at <= #ARGV do
    local handler, headers, slots = number_of('h', ARGV[at]), maybe(ARGV[at + 2]), ARGV[at + 3]
    if handler then
      local name = handler .. ' ' .. #ARGV[at + 1] .. ' ' .. ARGV[at + 1] .. (headers and '+' .. headers or '')
      templates[name] = template_of(slots, at + 4)
    end
    at = at + 5 + #slots
  end
  return templates
end

-- What is to be filled in for a job but for its generation; nil where no message can be spliced.
local function prepare(templates, job)
  local kind, headers, body = content_of(job)
  local name = job.handler .. (kind == '\0' and ' 1 \0' or ' ' .. #kind .. ' ' .. kind)
  local template, spliced = templates[name .. '+' .. headers], ''
  if not template then
    template = templates[name]
    if not template or has(headers, '"compression":') or has(headers, '"argsrepr":') or has(headers, '"kwargsrepr":')
      or headers:find('\237[\160-\191]') then
      return nil
    end
    if headers ~= '{}' then
      spliced = sub(headers, 2, -2) .. ', '
    end
  end
  if body:find('[\128-\255]') then
    return nil
  end
  local values = {template = template, I = job.id, H = spliced, R = 0, B = cjson.encode(body)}
  if template.shows then
    local args, kwargs = shown(body)
    if not args then
      return nil
    end
    values.A, values.K = cjson.encode(args), cjson.encode(kwargs)
  end
  return values
end

local function message_of(values, generation, failures)
  local template = values.template
  values.G, values.R = text(generation), text(failures)
  values.T = values.I .. '.' .. values.G
  local parts = template.parts
  for i, name in ipairs(template.names) do
    parts[2 * i] = values[name]
  end
  return table.concat(parts)
end
