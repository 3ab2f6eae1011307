-- fence: a write without a trace, before WAITAOF or WAIT. A server waits for the last write of the connection, and a
-- request that is repeated changes nothing: what it found may still be on its way to the disk or a replica.
-- KEYS[1] the stripe's prefix
-- Guard: none.
-- Returns 1

redis.call('SET', KEYS[1] .. 'fence', '')
return redis.call('DEL', KEYS[1] .. 'fence')
