import { expect, it } from 'vitest';
import { blockHolds, isInternal, prefixBits } from '../../../src/core/flow-log/addresses.ts';

it.each([
  ['10.0.0.0/16', '10.0.255.255', true],
  ['10.0.0.0/16', '10.1.0.0', false],
  ['0.0.0.0/0', '192.0.2.1', true],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['::/0', '192.0.2.1', false],
  ['2001:db8::/32', '2001:db8:ffff::1', true],
  ['10.0.0.5/32', '10.0.0.5', true],
  ['', '10.0.0.5', false],
  // ipaddr.js takes it for an IPv4 address that is mapped to IPv6.
  ['::/96', '::192.0.2.1', true],
  ['::192.0.2.0/120', '::c000:201', true],
  ['::ffff:0:0/96', '::192.0.2.1', false],
])('the block %s and the address %s: %s', (block, address, holds) => {
  expect(blockHolds(block, address)).toBe(holds);
});

it('a block knows how many bits its addresses share', () => {
  expect(['0.0.0.0/0', '10.0.1.0/24', '2001:db8::/32'].map(prefixBits)).toEqual([0, 24, 32]);
});

it('the addresses of internal networks are distinguished from those of the internet', () => {
  const inside = ['10.0.0.1', '172.31.255.1', '192.168.0.1', '100.64.0.1', 'fd00::1', '169.254.1.1'];
  expect(inside.filter((address) => !isInternal(address))).toEqual([]);
  expect(['8.8.8.8', '172.32.0.1', '2600::1'].filter(isInternal)).toEqual([]);
});
