import { beforeAll, describe, expect, it } from 'vitest';
import { PLANTED } from '../../../src/playground/aws/planted.ts';
import { distinct, groupedBy, having, type ReadBack, readBack, total } from './read-back.ts';
import { ANCHOR_SECONDS, sharedFolder } from './sample-folder.ts';

const ENI = {
  web1: 'eni-0f10f10f10f10f001',
  web2: 'eni-0f10f10f10f10f002',
  app1: 'eni-0f10f10f10f10f003',
  app2: 'eni-0f10f10f10f10f004',
  db1: 'eni-0f10f10f10f10f005',
  cache1: 'eni-0f10f10f10f10f006',
  bastion: 'eni-0f10f10f10f10f007',
  backup: 'eni-0f10f10f10f10f008',
  batch1: 'eni-0f10f10f10f10f009',
  monitoring: 'eni-0f10f10f10f10f010',
  nat1: 'eni-0f10f10f10f10f015',
} as const;

let all: readonly ReadBack[];

beforeAll(async () => {
  all = await readBack(await sharedFolder());
});

/** Records from minute to minute, counted from the anchor; the second is exclusive. */
function between(records: readonly ReadBack[], fromMinute: number, untilMinute: number): readonly ReadBack[] {
  return records.filter(({ values }) => {
    const offset = (Number(values.start) - ANCHOR_SECONDS) / 60;
    return offset >= fromMinute && offset < untilMinute;
  });
}

/** Records of one TCP service: to its port and back from it. */
function service(
  client: string,
  server: string,
  port: string,
): { requests: readonly ReadBack[]; replies: readonly ReadBack[] } {
  return {
    requests: having(all, { srcaddr: client, dstaddr: server, dstport: port, protocol: '6' }),
    replies: having(all, { srcaddr: server, dstaddr: client, srcport: port, protocol: '6' }),
  };
}

function actions(records: readonly ReadBack[]): readonly string[] {
  const said = records.map(
    ({ values: v }) => `${v['interface-id']} ${v['flow-direction']} ${v.action} ${v['tcp-flags']}`,
  );
  return [...new Set(said)].toSorted();
}

describe.each([
  ['app-1', '10.0.11.41', ENI.app1],
  ['app-2', '10.0.12.41', ENI.app2],
])('the denied database, from %s', (_, address, eni) => {
  it('answers with data before the deploy', () => {
    const { requests, replies } = service(address, '10.0.21.31', '5432');
    for (const records of [between(requests, -180, -40), between(replies, -180, -40)]) {
      expect(distinct(records, 'action')).toEqual(['ACCEPT']);
      expect(distinct(records, 'interface-id')).toEqual([eni, ENI.db1].toSorted());
      expect(total(records, 'bytes')).toBeGreaterThan(10_000_000);
    }
  });

  it('rejects every SYN after it and never replies', () => {
    const { requests, replies } = service(address, '10.0.21.31', '5432');
    const after = between(requests, -40, 0);
    expect(actions(after)).toEqual([`${eni} egress ACCEPT 2`, `${ENI.db1} ingress REJECT 2`].toSorted());
    expect(after).toHaveLength(40 * 6 * 2);
    expect(distinct(after, 'bytes')).toEqual(['180']);
    expect(between(replies, -40, 0)).toEqual([]);
  });
});

describe('the dropped replies', () => {
  it('are heard by web-2 before the network ACL changes', () => {
    const { replies } = service('10.0.12.21', '10.0.22.31', '6379');
    expect(distinct(between(replies, -180, -25), 'action')).toEqual(['ACCEPT']);
    expect(distinct(between(replies, -180, -25), 'interface-id')).toEqual([ENI.web2, ENI.cache1]);
  });

  it('are rejected on leaving after it, though the request was accepted', () => {
    const { requests, replies } = service('10.0.12.21', '10.0.22.31', '6379');
    expect(actions(between(requests, -25, 0))).toEqual([
      `${ENI.web2} egress ACCEPT 2`,
      `${ENI.cache1} ingress ACCEPT 2`,
    ]);
    expect(actions(between(replies, -25, 0))).toEqual([`${ENI.cache1} egress REJECT 18`]);
    expect(between(replies, -25, 0)).toHaveLength(25 * 4);
  });

  it('are those to web-2 alone', () => {
    const { replies } = service('10.0.11.21', '10.0.22.31', '6379');
    expect(distinct(between(replies, -19, 0), 'action')).toEqual(['ACCEPT']);
    expect(distinct(between(replies, -19, 0), 'interface-id')).toEqual([ENI.web1, ENI.cache1]);
  });
});

describe('the silent port', () => {
  it('is scraped with data before it falls silent', () => {
    const { replies } = service('10.0.11.71', '10.0.11.61', '9102');
    expect(total(between(replies, -180, -20), 'bytes')).toBeGreaterThan(1_000_000);
  });

  it('answers each SYN with one RST, accepted at both interfaces', () => {
    const { requests, replies } = service('10.0.11.71', '10.0.11.61', '9102');
    expect(actions(between(requests, -20, 0))).toEqual([
      `${ENI.batch1} ingress ACCEPT 2`,
      `${ENI.monitoring} egress ACCEPT 2`,
    ]);
    expect(actions(between(replies, -20, 0))).toEqual([
      `${ENI.batch1} egress ACCEPT 4`,
      `${ENI.monitoring} ingress ACCEPT 4`,
    ]);
    expect(between(replies, -20, 0)).toHaveLength(20 * 4 * 2);
    expect(distinct(between(replies, -20, 0), 'packets')).toEqual(['1']);
  });
});

describe('the visitors that mean harm', () => {
  it('scan 360 ports of bastion within three minutes', () => {
    const scan = having(all, { srcaddr: '198.51.100.177' });
    expect(scan).toHaveLength(360);
    expect(distinct(scan, 'dstport')).toHaveLength(360);
    expect(distinct(scan, 'dstaddr')).toEqual(['10.0.1.10']);
    expect(actions(scan)).toEqual([`${ENI.bastion} ingress REJECT 2`]);
    expect(between(scan, -35, -32)).toHaveLength(360);
    expect(having(all, { dstaddr: '198.51.100.177' })).toEqual([]);
  });

  it('guess passwords over 360 short connections to ssh in thirty minutes', () => {
    const { requests, replies } = service('192.0.2.66', '10.0.1.10', '22');
    expect(between(requests, -35, -5)).toHaveLength(360);
    expect(requests).toHaveLength(360);
    expect(actions(requests)).toEqual([`${ENI.bastion} ingress ACCEPT 3`]);
    expect(actions(replies)).toEqual([`${ENI.bastion} egress ACCEPT 19`]);
    expect(replies).toHaveLength(360);
  });
});

describe('the upload and the report', () => {
  it('are 5 GB at the interface of backup, and twice more at the NAT gateway', () => {
    const upload = having(all, { 'pkt-dstaddr': '203.0.113.99' });
    expect(between(upload, -30, -10)).toHaveLength(upload.length);
    expect(total(having(upload, { 'interface-id': ENI.backup, srcaddr: '10.0.12.51' }), 'bytes')).toBe(
      5_000_000_000,
    );
    expect(total(having(upload, { 'interface-id': ENI.nat1, dstaddr: '10.0.1.220' }), 'bytes')).toBe(
      5_000_000_000,
    );
    expect(total(having(upload, { 'interface-id': ENI.nat1, srcaddr: '10.0.1.220' }), 'bytes')).toBe(
      5_000_000_000,
    );
    expect(upload).toHaveLength(20 * 4 * 3);
  });

  it('are 3.6 GB from db-1 to batch-1 at each interface', () => {
    const report = having(all, { srcaddr: '10.0.21.31', dstaddr: '10.0.11.61' });
    for (const eni of [ENI.db1, ENI.batch1]) {
      expect(total(having(report, { 'interface-id': eni }), 'bytes')).toBe(3_600_000_000);
    }
    expect(between(report, -32, -12)).toHaveLength(report.length);
  });

  it('change places when every copy is added: the report is first, else the upload', () => {
    const ranked = (records: readonly ReadBack[]): string | undefined => {
      const sums = groupedBy(records, ({ values: v }) => `${v.srcaddr} ${v.dstaddr}`);
      return [...sums].toSorted(([, a], [, b]) => total(b, 'bytes') - total(a, 'bytes'))[0]?.[0];
    };
    const traffic = between(having(all, { 'log-status': 'OK' }), -60, 0);
    expect(ranked(traffic)).toBe('10.0.21.31 10.0.11.61');
    const atInstances = having(traffic, { 'flow-direction': 'egress' }).filter(
      ({ values }) => values['interface-id'] !== ENI.nat1,
    );
    expect(ranked(atInstances)).toBe('10.0.12.51 203.0.113.99');
  });
});

describe('the skipped records', () => {
  it('are one SKIPDATA a minute from web-1, and nothing else from it', () => {
    const skipped = having(all, { 'log-status': 'SKIPDATA' });
    expect(between(skipped, -24, -20)).toHaveLength(4);
    expect(skipped).toHaveLength(4);
    expect(distinct(skipped, 'interface-id')).toEqual([ENI.web1]);
    expect(between(having(all, { 'interface-id': ENI.web1 }), -24, -20)).toHaveLength(4);
    expect(between(having(all, { srcaddr: '10.0.11.21' }), -24, -20).length).toBeGreaterThan(20);
  });
});

describe('the list of what is planted', () => {
  it.each(Object.entries(PLANTED))('names a line that ends in a window that shows it: %s', (_, planted) => {
    expect(planted.line).toMatch(/ last 1h$/);
    expect(planted.fromMinute).toBeGreaterThanOrEqual(-60);
    expect(planted.summary).not.toMatch(/\.$/);
  });
});
