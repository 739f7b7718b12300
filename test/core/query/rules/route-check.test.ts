import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NetworkInterface } from '../../../../src/core/lake/network.ts';
import type { NetworkRules, Route } from '../../../../src/core/lake/network-rules.ts';
import { anInterface } from '../../../support/an-interface.ts';
import { APP, aTable, DB, evaluated, found, route } from '../../../support/ruled-network.ts';

const DB_TABLE = aTable('rtb-0d1', ['subnet-db']);
const INTERNET = route('0.0.0.0/0', 'internet-gateway', 'igw-0a1');

/** The route from app-1 to an address. */
function leaving(
  server: string,
  routes: readonly Route[],
  {
    rules = {},
    client = APP,
  }: { readonly rules?: Partial<NetworkRules>; readonly client?: NetworkInterface } = {},
) {
  const routeTables = [aTable('rtb-0a1', ['subnet-app'], routes), DB_TABLE];
  return evaluated({ routeTables, ...rules }, { client, server });
}

const from = (...given: Parameters<typeof leaving>) =>
  found(leaving(...given), 'client', 'route', 'outbound');

/** The route from db-1 back to an address. */
function backTo(client: NetworkInterface | string, routes: readonly Route[], server = DB) {
  const routeTables = [aTable('rtb-0a1', ['subnet-app']), aTable('rtb-0d1', ['subnet-db'], routes)];
  return found(evaluated({ routeTables }, { client, server }), 'server', 'route', 'outbound');
}

describe('a route', () => {
  it('is local within the VPC', () => {
    expect(found(evaluated(), 'client', 'route', 'outbound')).toEqual([
      'allowed',
      'the route to 10.0.0.0/16 in rtb-0a1 is local',
    ]);
  });

  it('is the one with the longest prefix', () => {
    const routes = [
      INTERNET,
      route('10.9.1.0/24', 'peering', 'pcx-0e5'),
      route('10.9.0.0/16', 'transit-gateway', 'tgw-0a1'),
    ];
    expect(from('10.9.1.5', routes)?.[1]).toBe('the route to 10.9.1.0/24 in rtb-0a1 goes to pcx-0e5');
    expect(from('10.9.2.5', routes)?.[1]).toBe('the route to 10.9.0.0/16 in rtb-0a1 goes to tgw-0a1');
  });

  it('is the written one of two to one block, before that of a prefix list and one that was learnt', () => {
    const learnt = { ...route('10.9.0.0/16', 'vpn-gateway', 'vgw-0a1'), isPropagated: true };
    const list = route('pl-0a1', 'transit-gateway', 'tgw-0a1');
    const written = route('10.9.0.0/16', 'peering', 'pcx-0e5');
    const prefixLists = new Map([['pl-0a1', ['10.0.0.0/8', '10.9.0.0/16']]]);
    const to = (routes: readonly Route[]) => from('10.9.1.5', routes, { rules: { prefixLists } })?.[1];
    expect(to([learnt, list, written])).toContain('pcx-0e5');
    expect(to([learnt, list])).toBe('the route to pl-0a1 in rtb-0a1 goes to tgw-0a1');
    expect(to([learnt])).toContain('vgw-0a1');
  });

  it('is that of the main table for a subnet without its own', () => {
    const main = { ...aTable('rtb-0m1', [], [route('10.9.0.0/16', 'peering', 'pcx-0e5')]), name: 'main' };
    const other = { ...main, id: 'rtb-0m2', vpcId: 'vpc-2' };
    expect(from('10.9.0.5', [], { rules: { routeTables: [other, main] } })?.[1]).toBe(
      'the route to 10.9.0.0/16 in rtb-0m1 (main) goes to pcx-0e5',
    );
  });

  it('is missing where no block holds the address', () => {
    expect(from('10.9.0.5', [])).toEqual(['denied', 'rtb-0a1 of subnet-app (app) has no route to 10.9.0.5']);
    expect(backTo('10.9.0.5', [])).toEqual(['denied', 'rtb-0d1 of subnet-db has no route to 10.9.0.5']);
    expect(from('2001:db9::5', [INTERNET])?.[0]).toBe('denied');
  });

  it('ends in a blackhole where what it leads to is gone', () => {
    const gone = { ...route('10.9.0.0/16', 'peering', 'pcx-0e5'), isBlackhole: true };
    expect(from('10.9.0.5', [gone, INTERNET])).toEqual([
      'denied',
      'the route to 10.9.0.0/16 in rtb-0a1 goes to pcx-0e5, which is a blackhole',
    ]);
  });

  it('is not known where tables may not be read, are not there, or a prefix list decides that was not read', () => {
    expect(from('10.9.0.5', [], { rules: { routeTables: undefined } })).toEqual([
      'unknown',
      'what the route table of subnet-app says is not known: ec2:DescribeRouteTables is denied',
    ]);
    expect(from('10.9.0.5', [], { rules: { routeTables: [DB_TABLE] } })).toEqual([
      'unknown',
      'what the route table of subnet-app says is not known',
    ]);
    const list = route('pl-0a1', 'endpoint', 'vpce-0a1');
    expect(from('192.0.2.20', [list])).toEqual([
      'unknown',
      'rtb-0a1 of subnet-app (app) has a route to 192.0.2.20 only if pl-0a1 holds it, which is not known',
    ]);
    expect(from('192.0.2.20', [list, route('0.0.0.0/0', 'nat-gateway', 'nat-0a1')])?.[0]).toBe('allowed');
  });
});

describe('an internet gateway', () => {
  const published = anInterface({ ...APP, publicAddresses: ['203.0.113.9'] });

  it('carries packets of an interface with a public address', () => {
    expect(from('192.0.2.20', [INTERNET], { client: published })).toEqual([
      'allowed',
      'the route to 0.0.0.0/0 in rtb-0a1 goes to igw-0a1',
    ]);
  });

  it('carries none of one without', () => {
    expect(from('192.0.2.20', [INTERNET])).toEqual([
      'denied',
      'the route to 0.0.0.0/0 in rtb-0a1 goes to igw-0a1, for which 10.0.11.41 needs a public address, and has none',
    ]);
  });

  it('needs no second address for IPv6', () => {
    const six = anInterface({ ...APP, addresses: ['2001:db8:11::41'] });
    expect(from('2001:db9::5', [route('::/0', 'internet-gateway', 'igw-0a1')], { client: six })?.[0]).toBe(
      'allowed',
    );
  });

  it('carries none to private addresses', () => {
    expect(from('10.9.0.5', [INTERNET], { client: published })?.[1]).toBe(
      'the route to 0.0.0.0/0 in rtb-0a1 goes to igw-0a1, which carries no packets to private addresses',
    );
  });
});

describe('a gateway for connections from inside', () => {
  it.each([
    ['nat-gateway', 'nat-0a1', '0.0.0.0/0', '192.0.2.20', APP, DB],
    [
      ...(['egress-only-gateway', 'eigw-0a1', '::/0', '2001:db9::5'] as const),
      anInterface({ ...APP, addresses: ['2001:db8:11::41'] }),
      anInterface({ ...DB, addresses: ['2001:db8:21::31'] }),
    ],
  ] as const)('carries requests and no replies: %s', (target, id, block, outside, client, server) => {
    expect(from(outside, [route(block, target, id)], { client })?.[0]).toBe('allowed');
    expect(backTo(outside, [route(block, target, id)], server)).toEqual([
      'denied',
      `the route to ${block} in rtb-0d1 goes to ${id}, which carries no replies to connections from outside`,
    ]);
  });
});

it.each([
  ['nat-gateway', 'nat-0a1'],
  ['transit-gateway', 'tgw-0a1'],
  ['vpn-gateway', 'vgw-0a1'],
  ['endpoint', 'vpce-0a1'],
  ['interface', 'eni-0f1'],
  ['other', 'lgw-0a1'],
] as const)('names what has rules of its own that are not evaluated: %s', (target, id) => {
  const { checks } = leaving('10.9.0.5', [route('10.9.0.0/16', target, id)]);
  expect(checks.find(({ kind }) => kind === 'route')).toMatchObject({ verdict: 'allowed', through: id });
});

it('names none behind a peering, which has no rules', () => {
  const { checks } = leaving('10.9.0.5', [route('10.9.0.0/16', 'peering', 'pcx-0e5')]);
  expect(checks.find(({ kind }) => kind === 'route')?.through).toBeUndefined();
});

it('any route table leads to where the smallest block leads that holds the address', () => {
  const anyBits = fc.uniqueArray(fc.integer({ min: 8, max: 32 }), { maxLength: 6 });
  fc.assert(
    fc.property(anyBits, anyBits, (around, aside) => {
      // Blocks of one address hold each other: that of the most bits is the smallest.
      const holding = around.map((bits) =>
        route(`${network('172.21.45.181', bits)}/${bits}`, 'other', `x-${bits}`),
      );
      const others = aside.map((bits) =>
        route(`${network('44.99.1.2', bits)}/${bits}`, 'other', `y-${bits}`),
      );
      const [verdict, words = ''] = from('172.21.45.181', [...others, ...holding]) ?? [];
      if (around.length === 0) expect(verdict).toBe('denied');
      else expect(words.endsWith(` goes to x-${Math.max(...around)}`)).toBe(true);
    }),
  );
});

/** The first address of a block, by hand. */
function network(address: string, bits: number): string {
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = number - (number % 2 ** (32 - bits));
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}
