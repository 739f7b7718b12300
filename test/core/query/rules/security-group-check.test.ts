import { describe, expect, it } from 'vitest';
import type { NetworkInterface } from '../../../../src/core/lake/network.ts';
import type {
  NetworkRules,
  SecurityGroup,
  SecurityGroupRule,
} from '../../../../src/core/lake/network-rules.ts';
import { anInterface } from '../../../support/an-interface.ts';
import {
  ALL,
  APP,
  type Asked,
  aGroup,
  DB,
  evaluated,
  found,
  rule,
  tcp,
} from '../../../support/ruled-network.ts';

const APP_GROUP = aGroup('sg-0c3', 'app');

function inbound(rules: readonly SecurityGroupRule[], asked: Asked = {}, more: Partial<NetworkRules> = {}) {
  return atServer([aGroup('sg-0a1', 'db', { inbound: rules }), APP_GROUP], asked, more);
}

function atServer(
  securityGroups: readonly SecurityGroup[],
  asked: Asked = {},
  more: Partial<NetworkRules> = {},
) {
  return found(evaluated({ securityGroups, ...more }, asked), 'server', 'security group', 'inbound');
}

describe('a security group allows', () => {
  it.each([
    ['a block that holds the address', rule(tcp(5432), '10.0.11.0/24'), 'tcp 5432 from 10.0.11.0/24'],
    ['a group that the other interface has', rule(tcp(5432), 'sg-0c3'), 'tcp 5432 from sg-0c3 (app)'],
    ['a range of ports', rule(tcp(5000, 6000), '0.0.0.0/0'), 'tcp 5000-6000 from 0.0.0.0/0'],
    ['all traffic', rule(ALL, '10.0.0.0/8'), 'all traffic from 10.0.0.0/8'],
    ['a protocol whole', rule({ ...ALL, protocol: 6 }, '10.0.0.0/8'), 'tcp from 10.0.0.0/8'],
    ['a prefix list whose entries hold the address', rule(tcp(5432), 'pl-0a1'), 'tcp 5432 from pl-0a1'],
  ])('%s', (_, one, words) => {
    const prefixLists = new Map([['pl-0a1', ['192.0.2.0/24', '10.0.11.0/24']]]);
    expect(inbound([one], {}, { prefixLists })).toEqual(['allowed', `sg-0a1 (db) allows ${words}`]);
  });

  it('an IPv6 address by a block of its family alone', () => {
    const six = {
      client: anInterface({ ...APP, addresses: ['2001:db8:11::41'] }),
      server: anInterface({ ...DB, addresses: ['2001:db8:21::31'] }),
    };
    expect(inbound([rule(tcp(5432), '2001:db8:11::/64')], six)?.[0]).toBe('allowed');
    expect(inbound([rule(tcp(5432), '::/0')])?.[0]).toBe('denied');
    expect(inbound([rule(tcp(5432), '0.0.0.0/0')], six)?.[0]).toBe('denied');
  });

  it('a ping by its type, any code and the code of an echo', () => {
    const ping: Asked = { protocol: 1, port: undefined };
    const icmp = (type: number, code?: number) =>
      rule({ ...ALL, protocol: 1, icmp: { type, code } }, '10.0.0.0/8');
    expect(inbound([icmp(8)], ping)).toEqual(['allowed', 'sg-0a1 (db) allows icmp type 8 from 10.0.0.0/8']);
    expect(inbound([icmp(8, 0)], ping)?.[0]).toBe('allowed');
    expect(inbound([icmp(8, 3)], ping)?.[0]).toBe('denied');
    expect(inbound([icmp(0)], ping)?.[0]).toBe('denied');
    expect(inbound([rule({ ...ALL, protocol: 1 }, '10.0.0.0/8')], ping)?.[0]).toBe('allowed');
    expect(inbound([rule({ ...ALL, protocol: 58 }, '10.0.0.0/8')], ping)?.[0]).toBe('denied');
  });

  it('a protocol without ports by its number', () => {
    const esp = rule({ ...ALL, protocol: 50 }, '10.0.0.0/8');
    expect(inbound([esp], { protocol: 50, port: undefined })).toEqual([
      'allowed',
      'sg-0a1 (db) allows esp from 10.0.0.0/8',
    ]);
    expect(inbound([esp], { protocol: 200, port: undefined })).toEqual([
      'denied',
      'no inbound rule of sg-0a1 (db) allows protocol 200 from 10.0.11.41',
    ]);
  });

  it('by any of the groups of an interface', () => {
    const both = anInterface({
      ...DB,
      securityGroups: [...DB.securityGroups, { id: 'sg-0a2', name: 'ops' }],
    });
    const open = aGroup('sg-0a2', 'ops', { inbound: [rule(tcp(5432), '10.0.11.41/32')] });
    expect(atServer([aGroup('sg-0a1', 'db'), open, APP_GROUP], { server: both })).toEqual([
      'allowed',
      'sg-0a2 (ops) allows tcp 5432 from 10.0.11.41/32',
    ]);
  });

  it('everything at an interface that has none', () => {
    expect(inbound([], { server: anInterface({ ...DB, securityGroups: [] }) })).toBeUndefined();
  });

  it('every port of several rules together, where no port is asked', () => {
    const rules = [rule(tcp(0, 999), '10.0.0.0/8'), rule(tcp(1000, 65_535), 'sg-0c3')];
    expect(inbound(rules, { port: undefined })).toEqual([
      'allowed',
      'sg-0a1 (db) allows tcp 0-999 from 10.0.0.0/8, and sg-0a1 (db) allows tcp 1000-65535 from sg-0c3 (app)',
    ]);
  });
});

describe('a security group denies', () => {
  it('what none of its rules is about', () => {
    expect(inbound([rule(tcp(5433), '0.0.0.0/0'), rule(tcp(5432), '10.0.12.0/24')])).toEqual([
      'denied',
      'no inbound rule of sg-0a1 (db) allows tcp 5432 from 10.0.11.41',
    ]);
  });

  it('and names another group of the VPC that would allow it, and is not attached', () => {
    const would = aGroup('sg-0b2', 'db-clients', { inbound: [rule(tcp(5432), '10.0.0.0/16')] });
    const elsewhere = { ...would, id: 'sg-0b9', vpcId: 'vpc-2' };
    const useless = aGroup('sg-0b3', 'web', { inbound: [rule(tcp(443), '0.0.0.0/0')] });
    expect(atServer([aGroup('sg-0a1', 'db'), APP_GROUP, useless, elsewhere, would])).toEqual([
      'denied',
      'no inbound rule of sg-0a1 (db) allows tcp 5432 from 10.0.11.41; sg-0b2 (db-clients) would, and is not attached',
    ]);
  });

  it('and names at most two of many such groups', () => {
    const many = [1, 2, 3, 4].map((number) =>
      aGroup(`sg-0b${number}`, '', { inbound: [rule(ALL, '0.0.0.0/0')] }),
    );
    expect(atServer([aGroup('sg-0a1', 'db'), ...many])?.[1]).toMatch(
      /; sg-0b1, sg-0b2 and 2 more would, and are not attached$/,
    );
  });

  it('and names a group that it allows, where the other interface has none such', () => {
    const rules = [rule(tcp(5432), 'sg-0b2'), rule(tcp(9100), 'sg-0b3')];
    const clients = aGroup('sg-0b2', 'db-clients');
    expect(atServer([aGroup('sg-0a1', 'db', { inbound: rules }), APP_GROUP, clients])).toEqual([
      'denied',
      'no inbound rule of sg-0a1 (db) allows tcp 5432 from 10.0.11.41; sg-0b2 (db-clients) would be allowed, and is not attached to 10.0.11.41',
    ]);
  });

  it('a public address of an interface that has the group it allows', () => {
    const behindNat: NetworkInterface = {
      ...APP,
      addresses: ['203.0.113.9'],
      publicAddresses: ['203.0.113.9'],
    };
    expect(inbound([rule(tcp(5432), 'sg-0c3')], { client: behindNat })?.[0]).toBe('denied');
  });

  it('an address of no interface here that a rule allows to members of a group here', () => {
    expect(inbound([rule(tcp(5432), 'sg-0c3')], { client: '10.0.11.99' })?.[0]).toBe('denied');
    expect(inbound([rule(tcp(5432), 'sg-0f9')], { client: '198.51.100.7' })?.[0]).toBe('denied');
  });

  it('what goes out, in the same words', () => {
    const closed = aGroup('sg-0c3', 'app', { outbound: [rule(tcp(443), '0.0.0.0/0')] });
    const evaluation = evaluated({ securityGroups: [closed, aGroup('sg-0a1', 'db')] });
    expect(found(evaluation, 'client', 'security group', 'outbound')).toEqual([
      'denied',
      'no outbound rule of sg-0c3 (app) allows tcp 5432 to 10.0.21.31',
    ]);
  });

  it('in the names of all groups that are attached', () => {
    const both = anInterface({ ...DB, securityGroups: [...DB.securityGroups, { id: 'sg-0a2', name: '' }] });
    expect(atServer([aGroup('sg-0a1', 'db'), aGroup('sg-0a2', '')], { server: both })?.[1]).toBe(
      'no inbound rule of sg-0a1 (db) or sg-0a2 allows tcp 5432 from 10.0.11.41',
    );
  });

  it('some ports, where no port is asked', () => {
    expect(
      inbound([rule(tcp(5432), 'sg-0c3'), rule(tcp(9000, 9100), '10.0.0.0/8')], { port: undefined }),
    ).toEqual(['partly', 'of tcp from 10.0.11.41, sg-0a1 (db) allows only the ports 5432, 9000-9100']);
  });
});

describe('a security group is not known', () => {
  it('where groups may not be read', () => {
    const evaluation = evaluated({ securityGroups: undefined, missing: ['ec2:DescribeSecurityGroups'] });
    expect(found(evaluation, 'server', 'security group', 'inbound')).toEqual([
      'unknown',
      'whether sg-0a1 (db) allows tcp 5432 inbound is not known: ec2:DescribeSecurityGroups is denied',
    ]);
  });

  it('where it is attached and was not found, unless another one allows it', () => {
    const both = anInterface({
      ...DB,
      securityGroups: [{ id: 'sg-0z9', name: 'shared' }, ...DB.securityGroups],
    });
    expect(atServer([aGroup('sg-0a1', 'db')], { server: both })).toEqual([
      'unknown',
      'whether sg-0z9 (shared) or sg-0a1 (db) allows tcp 5432 inbound is not known',
    ]);
    const open = aGroup('sg-0a1', 'db', { inbound: [rule(ALL, '10.0.0.0/8')] });
    expect(atServer([open], { server: both })?.[0]).toBe('allowed');
  });

  it('where it depends on a prefix list that may not be read', () => {
    expect(inbound([rule(tcp(5432), 'pl-0a1')])).toEqual([
      'unknown',
      'whether sg-0a1 (db) allows tcp 5432 from 10.0.11.41 depends on pl-0a1, whose entries are not known',
    ]);
    expect(inbound([rule(tcp(5432), 'pl-0a1'), rule(tcp(5432), 'sg-0c3')])?.[0]).toBe('allowed');
  });

  it('unless a rule of another group allows it for certain', () => {
    const both = anInterface({
      ...DB,
      securityGroups: [...DB.securityGroups, { id: 'sg-0a2', name: 'ops' }],
    });
    const doubtful = aGroup('sg-0a1', 'db', { inbound: [rule(tcp(5432), 'pl-0a1')] });
    const open = aGroup('sg-0a2', 'ops', { inbound: [rule(tcp(5432), '10.0.0.0/8')] });
    expect(atServer([doubtful, open], { server: both })).toEqual([
      'allowed',
      'sg-0a2 (ops) allows tcp 5432 from 10.0.0.0/8',
    ]);
  });

  it('where it depends on a group of another VPC that a private address may have', () => {
    expect(inbound([rule(tcp(5432), 'sg-0f9')], { client: '10.9.0.5' })).toEqual([
      'unknown',
      'whether sg-0a1 (db) allows tcp 5432 from 10.9.0.5 depends on sg-0f9, whose members are not known',
    ]);
  });
});
