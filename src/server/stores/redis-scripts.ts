/**
 * What a Redis store does, as scripts: each runs in Redis as a whole, and nothing comes between.
 *
 * `KEYS[1]` is the store's name in braces, which every key begins with. In a cluster the braces keep all
 * keys of a store on one node, without which no script could change several of them together.
 *
 * | key | what |
 * | --- | --- |
 * | `…:order:<id>` | hash: `record` (JSON), `version` (new with every change), `seq`, `reference`, `key` |
 * | `…:key:<idempotency key>` | hash: `id`, `wish` (JSON) |
 * | `…:open:<reference>`, `…:awaits:<reference>`, `…:paid:<reference>` | sorted sets: ids by `seq` |
 * | `…:busy:<reference>` | set: ids of the unsettled orders of a reference |
 * | `…:unsettled` | sorted set: ids, all of one score and so in their own order |
 * | `…:claim:<name>` | hash: `holder`, `until` |
 * | `…:sequence` | the `seq` of the newest order |
 */

export interface Script {
  readonly text: string;
  /** Resolves to what Redis knows the text by. */
  readonly sha: Promise<string>;
}

function script(text: string): Script {
  let known: Promise<string> | undefined;
  return {
    text,
    get sha() {
      known ??= sha1(text);
      return known;
    },
  };
}

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Lua common to the scripts that write an order. */
const writing = `
local base = KEYS[1]

local function is(flag) return string.find(flags, flag, 1, true) ~= nil end

local function place(set, id, seq, belongs)
  if belongs then redis.call('ZADD', set, seq, id) else redis.call('ZREM', set, id) end
end

local function last(name, stays, retention)
  if stays then redis.call('PERSIST', name) else redis.call('PEXPIRE', name, retention) end
end

-- The key goes with its order, or would make a second one. Sets of a reference go with its last order:
-- while one is unsettled, none of them expires.
local function index(id, seq, reference, key, retention)
  place(base .. ':unsettled', id, 0, is('unsettled'))
  last(base .. ':order:' .. id, is('unsettled'), retention)
  last(base .. ':key:' .. key, is('unsettled'), retention)
  if not reference then return end
  place(base .. ':open:' .. reference, id, seq, is('open'))
  place(base .. ':awaits:' .. reference, id, seq, is('awaits'))
  place(base .. ':paid:' .. reference, id, seq, is('paid'))
  local busy, paid = base .. ':busy:' .. reference, base .. ':paid:' .. reference
  if is('unsettled') then redis.call('SADD', busy, id) else redis.call('SREM', busy, id) end
  last(paid, redis.call('EXISTS', busy) == 1, retention)
end
`;

/**
 * ARGV: id, record, version, flags, retention, key, wish, whether there is a reference, reference.
 * Answers {0, the order that stands in the way} or {1, the paid order of before or false} or {-1}: taken.
 */
export const createScript = script(`
local id, record, version, retention = ARGV[1], ARGV[2], ARGV[3], ARGV[5]
local flags = ARGV[4]
${writing}
local key, wish = base .. ':key:' .. ARGV[6], ARGV[7]
local reference = ARGV[8] == '1' and ARGV[9]

local function recordOf(found) return redis.call('HGET', base .. ':order:' .. found, 'record') end

-- The first (or with -1 the last) of a set whose record has not expired.
local function endOf(set, position)
  while true do
    local found = redis.call('ZRANGE', set, position, position)[1]
    if not found then return false end
    local known = recordOf(found)
    if known then return known end
    redis.call('ZREM', set, found)
  end
end

local bound = redis.call('HGET', key, 'id')
local rival = bound and recordOf(bound)
if not rival and reference then
  rival = endOf(base .. ':awaits:' .. reference, 0) or endOf(base .. ':open:' .. reference, 0)
end
if rival then return {0, rival} end
if redis.call('EXISTS', base .. ':order:' .. id) == 1 then return {-1} end

local paidBefore = reference and endOf(base .. ':paid:' .. reference, -1)
if paidBefore then endOf(base .. ':paid:' .. reference, 0) end
local seq = redis.call('INCR', base .. ':sequence')
redis.call('HSET', base .. ':order:' .. id, 'record', record, 'version', version, 'seq', seq, 'key', ARGV[6])
if reference then redis.call('HSET', base .. ':order:' .. id, 'reference', reference) end
redis.call('HSET', key, 'id', id, 'wish', wish)
index(id, seq, reference, ARGV[6], retention)
return {1, paidBefore}
`);

/**
 * ARGV: id, record, version, flags, retention, version it replaces, channel.
 * Answers {1}, {0, version, record} when another change came first, {-1} when there is no such order.
 */
export const replaceScript = script(`
local id, record, version, retention = ARGV[1], ARGV[2], ARGV[3], ARGV[5]
local flags = ARGV[4]
${writing}
local order = base .. ':order:' .. id
local present = redis.call('HMGET', order, 'version', 'record', 'seq', 'reference', 'key')
if not present[1] then return {-1} end
if present[1] ~= ARGV[6] then return {0, present[1], present[2]} end
redis.call('HSET', order, 'record', record, 'version', version)
index(id, present[3], present[4], present[5], retention)
redis.call('PUBLISH', ARGV[7], version)
return {1}
`);

/** ARGV: id. Answers {version, record}, each false when there is no such order. */
export const readScript = script(`
return redis.call('HMGET', KEYS[1] .. ':order:' .. ARGV[1], 'version', 'record')
`);

/** ARGV: idempotency key. Answers {record, wish} or {}. */
export const byKeyScript = script(`
local bound = redis.call('HMGET', KEYS[1] .. ':key:' .. ARGV[1], 'id', 'wish')
local record = bound[1] and redis.call('HGET', KEYS[1] .. ':order:' .. bound[1], 'record')
if not record then return {} end
return {record, bound[2]}
`);

/** ARGV: idempotency key, id, wish, retention. Answers {id the key stands for}. */
export const bindScript = script(`
local key = KEYS[1] .. ':key:' .. ARGV[1]
local bound = redis.call('HGET', key, 'id')
if bound and redis.call('EXISTS', KEYS[1] .. ':order:' .. bound) == 1 then return {bound} end
redis.call('HSET', key, 'id', ARGV[2], 'wish', ARGV[3])
redis.call('PEXPIRE', key, ARGV[4])
return {ARGV[2]}
`);

/** ARGV: reference. Answers {record} or {}. */
export const openScript = script(`
local id = redis.call('ZRANGE', KEYS[1] .. ':open:' .. ARGV[1], 0, 0)[1]
local record = id and redis.call('HGET', KEYS[1] .. ':order:' .. id, 'record')
return {record or nil}
`);

/** ARGV: where ids begin, as ZRANGEBYLEX takes it; how many. Answers records. */
export const unsettledScript = script(`
local from, limit, records = ARGV[1], tonumber(ARGV[2]), {}
repeat
  local ids = redis.call('ZRANGEBYLEX', KEYS[1] .. ':unsettled', from, '+', 'LIMIT', 0, limit)
  for _, id in ipairs(ids) do
    from = '(' .. id
    local record = redis.call('HGET', KEYS[1] .. ':order:' .. id, 'record')
    if record then table.insert(records, record) end
    if #records == limit then return records end
  end
until #ids < limit
return records
`);

/** ARGV: name, holder, now, until, how long to remember it (ms). Answers {1} for a claim that is had. */
export const claimScript = script(`
local claim = KEYS[1] .. ':claim:' .. ARGV[1]
local present = redis.call('HMGET', claim, 'holder', 'until')
if present[1] and present[1] ~= ARGV[2] and tonumber(present[2]) > tonumber(ARGV[3]) then return {0} end
redis.call('HSET', claim, 'holder', ARGV[2], 'until', ARGV[4])
redis.call('PEXPIRE', claim, ARGV[5])
return {1}
`);

/** ARGV: name, holder. */
export const releaseScript = script(`
local claim = KEYS[1] .. ':claim:' .. ARGV[1]
if redis.call('HGET', claim, 'holder') == ARGV[2] then redis.call('DEL', claim) end
return {}
`);
