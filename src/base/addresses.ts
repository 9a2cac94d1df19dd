// Which addresses a validation service may have: a campaign's file names it, so whoever may write one could otherwise
// have the daemon speak to whatever only the daemon's machine reaches. And to whom an address belongs. Pure.

import { BlockList, isIP } from 'node:net';

type Subnet = readonly [address: string, bits: number];

/** Never a service: link-local with the metadata of cloud machines, unspecified, multicast, reserved. */
const NEVER: readonly Subnet[] = [
  ...([
    ['0.0.0.0', 8],
    ['169.254.0.0', 16],
    ['100.100.100.200', 32],
    ['192.0.0.192', 32],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
  ...([
    ['::', 128],
    ['fe80::', 10],
    ['fd00:ec2::254', 128],
    ['fd20:ce::254', 128],
    ['ff00::', 8],
  ] as const),
];

/** Only when the settings name them: this machine, private networks, and prefixes that wrap an IPv4 address. */
const PRIVATE: readonly Subnet[] = [
  ...([
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ] as const),
  ...([
    ['::1', 128],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['2001::', 32],
    ['2002::', 16],
    ['fc00::', 7],
    ['fec0::', 10],
  ] as const),
];

const never = listOf(NEVER);
const reserved = listOf(PRIVATE);

export type AddressRuling = 'allowed' | 'never' | 'private';

/** Judges addresses; `networks` are the private ones that the settings allow, as `10.1.0.0/16` or single addresses. */
export function addressJudge(networks: readonly string[]): (address: string) => AddressRuling {
  const allowed = listOf(networks.map(subnetOf));
  return (address) => {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0 || never.check(address, family)) return 'never';
    return !reserved.check(address, family) || allowed.check(address, family) ? 'allowed' : 'private';
  };
}

/** Whether a text is an address or a network, such as `10.1.0.0/16`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

/** Whether an address is in one of the networks, written as above. */
export function inNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = listOf(networks.map(subnetOf));
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function subnetOf(text: string): Subnet {
  const [address = '', bits] = text.split('/');
  return [address, bits === undefined ? (isIP(address) === 6 ? 128 : 32) : Number(bits)];
}

function listOf(subnets: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of subnets) list.addSubnet(address, bits, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return list;
}

const loopback = listOf([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

/** Whether what is sent to a host, or listens on it, stays on this machine. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host === 'localhost' || host.endsWith('.localhost');
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** Where an address belongs: an IPv4 address by itself, of an IPv6 address the /64 that one customer has to itself. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const parts = [...front, ...Array.from({ length: zeros }, () => '0'), ...back];
  return `${parts
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
