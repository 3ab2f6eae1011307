-- keys: which job a key names. Hash `keys`: key within its target -> job id.
-- Index of targets: sorted set `targets`, members are a hash of the target and the id, all of one score.

local function key_field(key, target)
  if target then
    return #target .. ':' .. target .. key
  end
  return '-:' .. key
end

local function holder_of(key, target)
  return call('HGET', B .. 'keys', key_field(key, target))
end

-- Before the first write: who has the job's key.
local function check_key(job)
  if job.key then
    job.holder = holder_of(job.key, job.target)
  end
end

local function take_key(job)
  if job.key and not job.holder then
    call('HSET', B .. 'keys', key_field(job.key, job.target), job.id)
  end
end

local function free_key(job)
  if job.key and job.holder == job.id then
    call('HDEL', B .. 'keys', key_field(job.key, job.target))
  end
end

local function target_prefix(target)
  return sub(redis.sha1hex(target), 1, 16)
end

local function check_target(job)
  if job.target then
    call('ZCARD', B .. 'targets')
  end
end

local function list_target(job)
  if job.target then
    call('ZADD', B .. 'targets', 0, target_prefix(job.target) .. job.id)
  end
end

local function unlist_target(job)
  if job.target then
    call('ZREM', B .. 'targets', target_prefix(job.target) .. job.id)
  end
end
