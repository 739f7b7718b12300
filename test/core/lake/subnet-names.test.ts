import fc from 'fast-check';
import { expect, it } from 'vitest';
import { subnetName } from '../../../src/core/lake/subnet-names.ts';

const APP = { id: 'subnet-1', vpcId: 'vpc-1', name: 'app-a', blocks: ['10.0.1.0/24', 'fd00:1::/64'] };
const OTHER = { ...APP, id: 'subnet-2', vpcId: 'vpc-2', name: 'other' };
const UNNAMED = { id: 'subnet-3', vpcId: 'vpc-1', name: '', blocks: ['10.0.2.0/24', '203.0.113.0/24'] };

it.each([
  ['10.0.1.7', 'in subnet app-a'],
  ['fd00:1::7', 'in subnet app-a'],
  ['10.0.2.7', undefined],
  ['10.0.3.7', undefined],
  ['203.0.113.9', undefined],
  ['eni-0a', undefined],
  ['-', undefined],
])('%s is %s', (address, name) => {
  expect(subnetName(address, [APP, UNNAMED], ['vpc-1'])?.name).toBe(name);
});

it('an address that several networks use is in the subnet of the one that is read, or in none', () => {
  expect(subnetName('10.0.1.7', [APP, OTHER], ['vpc-2'])?.name).toBe('in subnet other');
  expect(subnetName('10.0.1.7', [APP, OTHER], [])).toBeUndefined();
  expect(subnetName('10.0.1.7', [APP], ['vpc-9'])).toBeUndefined();
  expect(subnetName('10.0.1.7', [APP], [])?.from).toBe('subnets');
});

it('every address of the block of a subnet is in it, and no other one', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.nat(255), (third, last) => {
      const name = subnetName(`10.0.${third}.${last}`, [APP], ['vpc-1'])?.name;
      expect(name).toBe(third === 1 ? 'in subnet app-a' : undefined);
    }),
  );
});
