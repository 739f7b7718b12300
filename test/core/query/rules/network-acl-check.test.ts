import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import type { AclEntry } from '../../../../src/core/lake/network-rules.ts';
import { parseAddress } from '../../../../src/core/line/read-address.ts';
import {
  ALL,
  type Asked,
  anAcl,
  entry,
  evaluated,
  found,
  LAST,
  tcp,
} from '../../../support/ruled-network.ts';

const APP_ACL = anAcl('acl-0a1', 'subnet-app');

function atServer(direction: 'inbound' | 'outbound', entries: readonly AclEntry[], asked: Asked = {}) {
  const acl = anAcl('acl-0c3', 'subnet-db', { [direction]: entries });
  return found(evaluated({ networkAcls: [APP_ACL, acl] }, asked), 'server', 'network ACL', direction);
}

describe('a network ACL decides by the first entry that fits', () => {
  it.each([
    [
      'an entry that denies before one that allows',
      [entry(90, 'deny', '10.0.11.0/24', tcp(5432)), entry(100, 'allow', '0.0.0.0/0'), ...LAST],
      ['denied', 'rule 90 of acl-0c3 denies tcp 5432 from 10.0.11.0/24'],
    ],
    [
      'an entry that allows before one that denies',
      [entry(90, 'allow', '10.0.0.0/8'), entry(100, 'deny', '0.0.0.0/0'), ...LAST],
      ['allowed', 'rule 90 of acl-0c3 allows all traffic from 10.0.0.0/8'],
    ],
    [
      'the last entry where no other fits',
      [entry(90, 'allow', '10.0.12.0/24'), entry(91, 'allow', '10.0.0.0/8', tcp(443)), ...LAST],
      ['denied', 'no inbound rule of acl-0c3 allows tcp 5432 from 10.0.11.41'],
    ],
    ['no entry at all', [], ['denied', 'no inbound rule of acl-0c3 allows tcp 5432 from 10.0.11.41']],
  ] as const)('%s', (_, entries, expected) => {
    expect(atServer('inbound', entries)).toEqual(expected);
  });

  it('by the protocol, the type of ICMP and the family of the address', () => {
    const ping: Asked = { protocol: 1, port: undefined };
    const echo = (type: number) =>
      entry(100, 'allow', '0.0.0.0/0', { protocol: 1, ports: undefined, icmp: { type, code: 0 } });
    expect(atServer('inbound', [echo(8), ...LAST], ping)?.[0]).toBe('allowed');
    expect(atServer('outbound', [echo(8), ...LAST], ping)?.[0]).toBe('denied');
    expect(atServer('outbound', [echo(0), ...LAST], ping)?.[0]).toBe('allowed');
    expect(atServer('inbound', [entry(100, 'allow', '::/0'), ...LAST])?.[0]).toBe('denied');
  });

  it('with its name, where it has one', () => {
    const named = anAcl('acl-0c3', 'subnet-db', { name: 'data', inbound: LAST });
    const evaluation = evaluated({ networkAcls: [APP_ACL, named] });
    expect(found(evaluation, 'server', 'network ACL', 'inbound')?.[1]).toContain('of acl-0c3 (data) allows');
  });
});

describe('a network ACL keeps no connections, so that replies need rules for the ports of the client', () => {
  it('that hold all that a client may take', () => {
    const entries = [entry(100, 'allow', '10.0.0.0/8', tcp(1024, 65_535)), ...LAST];
    expect(atServer('outbound', entries)).toEqual([
      'allowed',
      'rule 100 of acl-0c3 allows tcp 1024-65535 to 10.0.0.0/8',
    ]);
  });

  it('or hold none of them', () => {
    const entries = [entry(100, 'allow', '0.0.0.0/0', tcp(443)), ...LAST];
    expect(atServer('outbound', entries)).toEqual([
      'denied',
      'no outbound rule of acl-0c3 allows tcp 1024-65535 to 10.0.11.41, which replies need',
    ]);
    const denied = [entry(90, 'deny', '10.0.11.32/28', tcp(1024, 65_535)), entry(100, 'allow', '0.0.0.0/0')];
    expect(atServer('outbound', denied)).toEqual([
      'denied',
      'rule 90 of acl-0c3 denies tcp 1024-65535 to 10.0.11.32/28, which replies need',
    ]);
  });

  it('or hold some of them, which is said with who uses which', () => {
    const entries = [entry(100, 'allow', '0.0.0.0/0', tcp(32_768, 65_535)), ...LAST];
    expect(atServer('outbound', entries)).toEqual([
      'partly',
      'of tcp 1024-65535 to 10.0.11.41, acl-0c3 allows only the ports 32768-65535; rule * denies 1024-32767; ' +
        'Linux clients use 32768-60999, NAT gateways, load balancers and Lambda 1024-65535, Windows 49152-65535',
    ]);
  });

  it('or hold those that this client was seen to use', () => {
    const entries = [entry(100, 'allow', '0.0.0.0/0', tcp(32_768, 65_535)), ...LAST];
    const seen = (from: number, to: number) =>
      atServer('outbound', entries, { clientPorts: { from, to } })?.[0];
    expect(seen(40_000, 50_000)).toBe('allowed');
    expect(seen(1024, 2000)).toBe('denied');
    expect(seen(30_000, 40_000)).toBe('partly');
  });

  it('at the border of the subnet of the client too', () => {
    const acl = anAcl('acl-0a1', 'subnet-app', {
      inbound: [entry(100, 'allow', '10.0.0.0/16', tcp(443)), ...LAST],
    });
    const evaluation = evaluated({ networkAcls: [acl, anAcl('acl-0d1', 'subnet-db')] });
    expect(found(evaluation, 'client', 'network ACL', 'inbound')).toEqual([
      'denied',
      'no inbound rule of acl-0a1 allows tcp 1024-65535 from 10.0.21.31, which replies need',
    ]);
  });
});

describe('where several rules decide', () => {
  it('names them all', () => {
    const halves = [
      entry(100, 'allow', '0.0.0.0/0', tcp(0, 9999)),
      entry(200, 'allow', '10.0.0.0/8'),
      ...LAST,
    ];
    expect(atServer('outbound', halves)).toEqual([
      'allowed',
      'rules 100 and 200 of acl-0c3 allow tcp 1024-65535 to 10.0.11.41',
    ]);
    const holes = [
      entry(90, 'deny', '10.0.0.0/8', tcp(2000, 2999)),
      entry(100, 'allow', '0.0.0.0/0', tcp(1024, 4999)),
    ];
    expect(atServer('outbound', holes)?.[1]).toContain(
      'allows only the ports 1024-1999, 3000-4999; rules 90 and * deny 2000-2999, 5000-65535',
    );
    const denied = [entry(90, 'deny', '10.0.0.0/8', tcp(0, 2999)), ...LAST];
    expect(atServer('outbound', denied)?.[1]).toBe(
      'rules 90 and * of acl-0c3 deny tcp 1024-65535 to 10.0.11.41, which replies need',
    );
  });

  it('asks about every port where none is said', () => {
    expect(
      atServer('inbound', [entry(100, 'allow', '10.0.0.0/8', tcp(22, 23))], { port: undefined }),
    ).toEqual([
      'partly',
      'of tcp from 10.0.11.41, acl-0c3 allows only the ports 22-23; rule * denies 0-21, 24-65535',
    ]);
  });
});

describe('a network ACL is not known', () => {
  it('where it may not be read, or is not there', () => {
    const at = (networkAcls: Parameters<typeof evaluated>[0]) =>
      found(evaluated(networkAcls), 'server', 'network ACL', 'inbound');
    expect(at({ networkAcls: undefined })).toEqual([
      'unknown',
      'what the network ACL of subnet-db says is not known: ec2:DescribeNetworkAcls is denied',
    ]);
    expect(at({ networkAcls: [APP_ACL] })).toEqual([
      'unknown',
      'what the network ACL of subnet-db says is not known',
    ]);
  });
});

describe('any network ACL', () => {
  const anyBlock = fc
    .tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 8, max: 32 }))
    .map(([third, fourth, bits]) => `10.0.${third % 4}.${fourth}/${bits}`)
    .map((block) => {
      const reading = parseAddress(block);
      return 'value' in reading ? `${reading.value.text}${reading.value.single ? '/32' : ''}` : block;
    });
  const anyEntry = fc.record({
    number: fc.integer({ min: 1, max: 32_766 }),
    action: fc.constantFrom('allow' as const, 'deny' as const),
    block: anyBlock,
    traffic: fc.oneof(
      fc.constant(ALL),
      fc
        .tuple(fc.integer({ min: 5425, max: 5440 }), fc.nat(10))
        .map(([from, more]) => tcp(from, from + more)),
    ),
  });
  const anyAddress = fc.tuple(fc.nat(3), fc.nat(255)).map(([third, fourth]) => `10.0.${third}.${fourth}`);

  /** EC2's rule as its documentation has it, for one packet, by numbers and masks of one's own. */
  function byHand(entries: readonly AclEntry[], address: string, port: number): 'allowed' | 'denied' {
    const number = (text: string) =>
      ipaddr.IPv4.parse(text)
        .toByteArray()
        .reduce((sum, byte) => sum * 256 + byte, 0);
    const first = entries.find(({ block, traffic }) => {
      const [network = '', bits = ''] = block.split('/');
      const size = 2 ** (32 - Number(bits));
      const inBlock = Math.floor(number(address) / size) === Math.floor(number(network) / size);
      return (
        inBlock && (traffic.ports === undefined || (traffic.ports.from <= port && port <= traffic.ports.to))
      );
    });
    return first?.action === 'allow' ? 'allowed' : 'denied';
  }

  it('decides for each address and port as the first entry that fits, counted by hand', () => {
    fc.assert(
      fc.property(
        fc.array(anyEntry, { maxLength: 8 }),
        anyAddress,
        fc.integer({ min: 5420, max: 5450 }),
        (entries, client, port) => {
          const sorted = entries.toSorted((a, b) => a.number - b.number);
          expect(atServer('inbound', sorted, { client, port })?.[0]).toBe(byHand(sorted, client, port));
        },
      ),
    );
  });

  it('decides for a range as for each of its ports', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), anyAddress, (entries, client) => {
        const sorted = entries.toSorted((a, b) => a.number - b.number);
        const ports = { from: 5420, to: 5450 };
        const each = Array.from({ length: 31 }, (_, index) => byHand(sorted, client, ports.from + index));
        const verdict = new Set(each).size === 1 ? each[0] : 'partly';
        expect(atServer('outbound', sorted, { client, clientPorts: ports })?.[0]).toBe(verdict);
      }),
    );
  });

  const verdict = (entries: readonly AclEntry[]) => {
    const sorted = entries.toSorted((a, b) => a.number - b.number);
    return atServer('inbound', sorted, { client: '10.0.1.7', port: undefined })?.[0];
  };

  it('says the same with an entry more that is about others', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), anyEntry, (entries, more) => {
        const unrelated = { ...more, block: '192.0.2.0/24' };
        expect(verdict([...entries, unrelated])).toBe(verdict(entries));
      }),
    );
  });

  it('denies nothing that it allowed, with an entry more that allows', () => {
    const worth = ['denied', 'partly', 'allowed'];
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), anyEntry, (entries, more) => {
        const after = verdict([...entries, { ...more, action: 'allow' }]) ?? '';
        expect(worth.indexOf(after)).toBeGreaterThanOrEqual(worth.indexOf(verdict(entries) ?? ''));
      }),
    );
  });
});
