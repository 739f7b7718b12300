import { beforeAll, describe, expect, it } from 'vitest';
import { distinct, groupedBy, having, picked, type ReadBack, readBack } from './read-back.ts';
import { sharedFolder } from './sample-folder.ts';

const NAT = { address: '10.0.1.220', eni: 'eni-0f10f10f10f10f015' };
const GATEWAY = { 'interface-id': NAT.eni } as const;
const WEB_1 = '10.0.11.21';
const POD = '10.0.11.117';
const NODE = { address: '10.0.11.100', eni: 'eni-0f10f10f10f10f012' };

let traffic: readonly ReadBack[];

beforeAll(async () => {
  traffic = having(await readBack(await sharedFolder()), { 'log-status': 'OK' });
});

/** One direction of one connection in one minute, whichever interface saw it. */
function keyOf({ values: v }: ReadBack): string {
  return [v['pkt-srcaddr'], v['pkt-dstaddr'], v.srcport, v.dstport, v.start].join(' ');
}

function isPrivate(address: string | undefined): boolean {
  return address?.startsWith('10.0.') ?? false;
}

describe('traffic within the network', () => {
  it('is recorded leaving at the sender and arriving at the receiver, with the same bytes', () => {
    const internal = traffic.filter(
      ({ values: v }) =>
        isPrivate(v['pkt-srcaddr']) &&
        isPrivate(v['pkt-dstaddr']) &&
        v['pkt-srcaddr'] !== NAT.address &&
        v['pkt-dstaddr'] !== NAT.address,
    );
    const groups = [...groupedBy(internal, keyOf).values()];
    const lone = groups.filter((records) => records.length === 1).flat();
    const pairs = groups.filter((records) => records.length === 2);
    expect(groups.length).toBe(lone.length + pairs.length);
    expect(pairs.length).toBeGreaterThan(9_000);
    for (const pair of pairs) {
      expect(distinct(pair, 'flow-direction')).toEqual(['egress', 'ingress']);
      for (const same of ['bytes', 'packets', 'tcp-flags']) expect(distinct(pair, same)).toHaveLength(1);
    }
    // Alone are only replies that a network ACL stopped and what web-1 did not record.
    for (const { values: v } of lone) {
      const stopped = v.action === 'REJECT' && v['flow-direction'] === 'egress';
      expect(stopped || v.srcaddr === '10.0.11.21' || v.dstaddr === '10.0.11.21').toBe(true);
    }
  });

  it('has bytes of its own in each direction', () => {
    const toDatabase = having(traffic, {
      dstaddr: '10.0.21.31',
      dstport: '5432',
      action: 'ACCEPT',
      'flow-direction': 'egress',
    });
    const fromDatabase = having(traffic, {
      srcaddr: '10.0.21.31',
      srcport: '5432',
      action: 'ACCEPT',
      'flow-direction': 'egress',
    });
    expect(fromDatabase.length).toBeGreaterThan(500);
    expect(distinct(fromDatabase, 'bytes')).not.toEqual(distinct(toDatabase, 'bytes'));
  });
});

describe('traffic through the NAT gateway', () => {
  const SIZES = ['dstport', 'bytes', 'packets', 'tcp-flags', 'start'] as const;
  const REPLY_SIZES = ['srcport', 'bytes', 'packets', 'tcp-flags', 'start'] as const;
  // The records of web-1 are skipped for a while, those of the gateway are not.
  const butWeb1 = (records: readonly ReadBack[]) =>
    records.filter(({ values }) => values['pkt-srcaddr'] !== WEB_1 && values['pkt-dstaddr'] !== WEB_1);
  const isOutside = (address: string | undefined) => !isPrivate(address) && address !== '172.16.5.20';

  it('is recorded at the instance and twice at the gateway on its way out', () => {
    const leaving = having(traffic, { 'flow-direction': 'egress', 'traffic-path': '1' });
    const atInstance = leaving.filter(({ values }) => isOutside(values.dstaddr));
    const inner = having(traffic, { ...GATEWAY, 'flow-direction': 'ingress' }).filter(({ values }) =>
      isOutside(values['pkt-dstaddr']),
    );
    const outer = having(traffic, { ...GATEWAY, 'flow-direction': 'egress', 'traffic-path': '8' });
    expect(atInstance.length).toBeGreaterThan(200);
    expect(distinct(inner, 'dstaddr')).toEqual([NAT.address]);
    expect(distinct(outer, 'srcaddr')).toEqual([NAT.address]);
    expect(distinct(outer, 'pkt-srcaddr')).toEqual([NAT.address]);
    expect(picked(butWeb1(atInstance), ['srcaddr', 'srcport', 'dstaddr', ...SIZES])).toEqual(
      picked(butWeb1(inner), ['pkt-srcaddr', 'srcport', 'pkt-dstaddr', ...SIZES]),
    );
    expect(picked(outer, ['dstaddr', ...SIZES])).toEqual(picked(inner, ['pkt-dstaddr', ...SIZES]));
  });

  it('keeps the real source of replies only in pkt-srcaddr where the gateway forwards them', () => {
    const received = having(traffic, { ...GATEWAY, 'flow-direction': 'ingress', 'pkt-dstaddr': NAT.address });
    const handedOn = having(traffic, { ...GATEWAY, 'flow-direction': 'egress', 'traffic-path': '1' });
    const delivered = having(traffic, { 'flow-direction': 'ingress' }).filter(
      ({ values: v }) =>
        v['interface-id'] !== NAT.eni &&
        isOutside(v.srcaddr) &&
        /^10\.0\.(11|12)\./.test(v.dstaddr ?? '') &&
        v.dstaddr !== NODE.address,
    );
    expect(handedOn.length).toBeGreaterThan(200);
    expect(distinct(handedOn, 'srcaddr')).toEqual([NAT.address]);
    expect(picked(received, ['srcaddr', ...REPLY_SIZES])).toEqual(
      picked(handedOn, ['pkt-srcaddr', ...REPLY_SIZES]),
    );
    expect(picked(butWeb1(delivered), ['srcaddr', 'dstaddr', 'dstport', ...REPLY_SIZES])).toEqual(
      picked(butWeb1(handedOn), ['pkt-srcaddr', 'dstaddr', 'dstport', ...REPLY_SIZES]),
    );
  });

  it('uses one gateway port for a connection in both directions', () => {
    const outer = having(traffic, {
      'interface-id': NAT.eni,
      'flow-direction': 'egress',
      'traffic-path': '8',
    });
    const back = having(traffic, {
      'interface-id': NAT.eni,
      'flow-direction': 'ingress',
      dstaddr: NAT.address,
    });
    const answered = new Set(back.map(({ values: v }) => `${v.srcaddr} ${v.dstport} ${v.start}`));
    for (const { values: v } of outer)
      expect(answered.has(`${v.dstaddr} ${v.srcport} ${v.start}`)).toBe(true);
  });
});

describe('a pod on a secondary address', () => {
  it("is seen in pkt-srcaddr and pkt-dstaddr only; the node's address is shown instead", () => {
    const shown = traffic.filter(({ values: v }) => v.srcaddr === POD || v.dstaddr === POD);
    expect(shown).toEqual([]);
    const sent = having(traffic, { 'pkt-srcaddr': POD });
    const received = having(traffic, { 'pkt-dstaddr': POD });
    expect(sent.length).toBe(received.length);
    expect(sent.length).toBeGreaterThan(300);
    expect(distinct(sent, 'srcaddr')).toEqual([NODE.address]);
    expect(distinct(received, 'dstaddr')).toEqual([NODE.address]);
    expect(distinct([...sent, ...received], 'interface-id')).toEqual([NODE.eni]);
  });
});
