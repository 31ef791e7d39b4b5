/** The IP whitelist that a merchant sets in PayBy's portal: only requests from it are served. */
import { BlockList, isIP } from 'node:net';

/** Whether `rule` can be in a whitelist: an address, a subnet like `10.0.0.0/8`, or `*` for all. */
export function isIpRule(rule: string): boolean {
  if (rule === '*') return true;
  const [address = '', prefix, ...rest] = rule.split('/');
  if (!familyOf(address) || rest.length > 0) return false;
  if (prefix === undefined) return true;
  const longest = familyOf(address) === 'ipv4' ? 32 : 128;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest;
}

/**
 * Whether a request from `address` is served. IPv4 is the same written as IPv6 (`::ffff:10.0.0.1`).
 * Without an address, only `*` lets it in.
 */
export function isWhitelisted(address: string | undefined, rules: readonly string[]): boolean {
  if (rules.includes('*')) return true;
  // An IPv6 link-local address names its network interface after a %.
  const plain = address?.replace(/%.*$/, '') ?? '';
  const family = familyOf(plain);
  return family !== undefined && listOf(rules).check(plain, family);
}

function listOf(rules: readonly string[]): BlockList {
  const list = new BlockList();
  for (const rule of rules) {
    const [address = '', prefix] = rule.split('/');
    const family = familyOf(address);
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

const families = { 4: 'ipv4', 6: 'ipv6' } as const;

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = address.includes('%') ? 0 : isIP(address);
  return version === 4 || version === 6 ? families[version] : undefined;
}
