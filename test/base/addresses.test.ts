// To whom an address belongs, and which networks it is in.

import { expect, test } from 'vitest';
import { inNetworks, networkOf } from '../../src/base/addresses.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['not an address', 'not an address'],
])('[S-07] %s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('[S-07] addresses in networks, of both families', () => {
  const isProxy = inNetworks(['127.0.0.1', '10.1.0.0/16', '::1']);
  expect(['127.0.0.1', '10.1.9.9', '::1'].every(isProxy)).toBe(true);
  expect(['127.0.0.2', '10.2.0.1', '::2', '', 'localhost'].some(isProxy)).toBe(false);
});
