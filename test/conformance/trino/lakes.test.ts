import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import type { Answer } from '../../../src/core/answer/answer.ts';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import type { FileLayout } from '../../../src/core/lake/flow-logs.ts';
import type { S3Source } from '../../../src/core/lake/log-source.ts';
import type { Row } from '../../../src/core/query/columns.ts';
import { A_SUBNET, aSource } from '../../support/a-source.ts';
import { afterNoon, flow, NOON, silence } from '../../support/flow.ts';
import { openLake } from '../../support/open-lake.ts';
import { writeLog } from '../../support/write-lake.ts';
import { catalogLines } from './catalog-lines.ts';
import { expectPruned } from './expect-pruned.ts';
import { openTrinoBucket, type TrinoBucket } from './open-trino-bucket.ts';
import { runTrino, trinoReading } from './run-trino.ts';

const NOW = afterNoon(3_600);
const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:20Z';
const DAILY: FileLayout = { format: 'text', hive: false, hourly: false };
const FIELDS = [...DEFAULT_FORMAT, 'tcp-flags', 'pkt-srcaddr', 'pkt-dstaddr', 'flow-direction'];

/** A flow log that delivers into a bucket, under a prefix. */
function sourceIn(bucket: TrinoBucket, id: string, prefix: string, layout = DAILY): S3Source {
  const files = { kind: 's3', bucket: bucket.name, prefix, files: layout } as const;
  const resource = { ...A_SUBNET, id: `subnet-of-${id}` };
  return aSource(id, { place: files, fields: FIELDS, resource });
}

/** Both families, spellings that are not canonical, absent values, and records that say that there was no traffic. */
const RECORDS = [
  flow(NOON + 60, { 'tcp-flags': 2 }),
  flow(NOON + 61, { srcaddr: '2001:db8::1', dstaddr: '2001:db8::5', bytes: 70 }),
  flow(NOON + 62, { srcaddr: '2001:0DB8:0:0::1', dstaddr: '2001:db8::5', bytes: 80 }),
  flow(NOON + 63, { srcaddr: '64:ff9b::10.0.1.5', dstaddr: '10.0.1.5' }),
  flow(NOON + 64, { srcaddr: '::ffff:10.0.1.5', dstaddr: '::ffff:a00:105' }),
  flow(NOON + 65, {
    srcaddr: '10.0.1.5',
    dstaddr: '198.51.100.7',
    action: 'REJECT',
    'flow-direction': 'egress',
  }),
  flow(NOON + 66, { srcaddr: '-', dstaddr: 'banana', 'pkt-srcaddr': '10.0.1.5', 'pkt-dstaddr': '1.2.3' }),
  flow(NOON + 301, { srcport: '-', dstport: '-', protocol: '-' }),
  flow(NOON + 302, { srcport: 0, dstport: 65_535, protocol: 255, bytes: '9007199254740993', packets: 0 }),
  flow(NOON + 304, { srcaddr: '192.0.2.77', bytes: '9223372036854775807', packets: '9223372036854775807' }),
  flow(NOON + 305, { dstport: 2_000_000_000, srcport: 65_536 }),
  flow(NOON + 306, { protocol: 2_147_483_647, 'tcp-flags': 2_147_483_647, dstport: -1 }),
  flow(NOON + 303, { action: '-', 'interface-id': '-', 'tcp-flags': 18 }),
  flow(NOON + 700, { start: NOON - 100, srcaddr: '10.0.1.5', dstaddr: '10.0.1.5' }),
  silence(NOON + 120, 'NODATA'),
  silence(NOON + 420, 'SKIPDATA'),
];

/** Of all kinds; more of each are asked where there is no table to be read. */
const ADDRESSES = ['10.0.1.5', '2001:db8::1', '::/0'];

/** What the engine returned: a folder does not tell how long its records are, and so what is missing is another thing. */
function ofRecords({ rows }: Answer): readonly Row[] {
  return rows.filter(({ records }) => records !== 0).map(({ counted: _counted, ...row }) => row);
}

describe('a lake of both families and of odd values', () => {
  it.each([
    ['text by days', DAILY, 'projected'],
    ['Parquet by hours of Hive', { format: 'parquet', hive: true, hourly: true }, 'projected'],
    ['text by hours, partitions that were added', { ...DAILY, hourly: true }, 'explicit'],
  ] as const)('is answered on Trino as DuckDB answers it: %s', async (_, layout, mode) => {
    const bucket = await openTrinoBucket(NOW);
    const source = sourceIn(bucket, 'fl-0a000001', '', layout);
    await bucket.makeTable(source, mode, await bucket.deliver(source, RECORDS));
    const embedded = await openLake(bucket.folder, NOW);
    const lines = catalogLines(ADDRESSES, WINDOW);
    for (const line of lines) {
      const [here, there] = [await embedded.ask(line), await bucket.ask(line, [source])];
      expect([line, ofRecords(there)]).toEqual([line, ofRecords(here)]);
      expect([line, there.coverage.matched]).toEqual([line, here.coverage.matched]);
    }
    await embedded.close();
    for (const run of bucket.runs) expectPruned(run);
  });
});

describe('the judge', () => {
  it('counts each scan of a table', async () => {
    const bucket = await openTrinoBucket(NOW);
    const source = sourceIn(bucket, 'fl-0a000001', '');
    await bucket.deliver(source, [flow(NOON + 60)]);
    await bucket.makeTable(source);
    const name = `"${bucket.name.replaceAll('-', '_')}"."fl_0a000001"`;
    const text = `SELECT a.bytes FROM ${name} a JOIN ${name} b ON a."end" = b."end"`;
    const { id } = await runTrino(inject('trino'), { text, bound: [] });
    expect((await trinoReading(inject('trino'), id)).scans.map(({ columns }) => columns)).toEqual(
      expect.arrayContaining([['bytes', 'end'], ['end']]),
    );
  });
});

describe('lines that are no records', () => {
  it('fail no answer', async () => {
    const bucket = await openTrinoBucket(NOW);
    const source = sourceIn(bucket, 'fl-0a000001', '');
    const [key = ''] = await bucket.deliver(source, [flow(NOON + 60)]);
    const good = FIELDS.map((field) => flow(NOON + 90)[field] ?? '-').join(' ');
    const absurd = good.replace(' 443 ', ' 99999999999999999999 ').replace(' 50001 ', ' 1e3 ');
    await writeLog(join(bucket.folder, key), FIELDS, [
      good,
      '',
      'banana',
      absurd,
      `${good} more words`,
      good.slice(0, 60),
    ]);
    await bucket.makeTable(source);
    for (const line of catalogLines(['10.0.1.5', '::/0'], WINDOW)) await bucket.ask(line, [source]);
    expect(bucket.runs.length).toBeGreaterThan(10);
  });
});

describe('a prefix that flow logs share', () => {
  const [A, B] = ['fl-0a000001', 'fl-0b000001'] as const;
  const hourOf = (host: string) =>
    Array.from({ length: 12 }, (_, slot) =>
      flow(NOON + slot * 300 + 100, { dstaddr: host, bytes: 100 + slot }),
    );

  it.each(['central', "it's-(central)!"])(
    'is read by the files of those that are asked, in the slots of the window: %s',
    async (prefix) => {
      const bucket = await openTrinoBucket(NOW);
      const [a, b] = [sourceIn(bucket, A, prefix), sourceIn(bucket, B, prefix)];
      await bucket.deliver(a, hourOf('10.0.1.5'));
      await bucket.deliver(b, hourOf('10.0.2.6'));
      await bucket.makeTable(a);
      await bucket.makeTable(b);
      for (const [scope, files] of [
        [`in=${A} ${WINDOW}`, 7],
        [`in=${B} ${WINDOW}`, 7],
        [WINDOW, 14],
      ] as const) {
        const { coverage } = await bucket.ask(`top-talkers ${scope}`, [a, b]);
        expect(coverage.filesRead).toBe(files);
        const run = bucket.runs.at(-1);
        if (run === undefined) throw new RangeError('nothing ran');
        expectPruned(run);
        // Each file has one record, and its header is none.
        expect(run.reading.records).toBe(files);
        expect(run.reading.bytes).toBe(run.statement.scan.objects.reduce((sum, { bytes }) => sum + bytes, 0));
      }
    },
  );

  it('is read whole where files cannot be named, and only the records of those that are asked count', async () => {
    const bucket = await openTrinoBucket(NOW);
    const [a, b] = [sourceIn(bucket, A, 'zentral für alle'), sourceIn(bucket, B, 'zentral für alle')];
    await bucket.deliver(a, hourOf('10.0.1.5'));
    await bucket.deliver(b, hourOf('10.0.2.6'));
    await bucket.makeTable(a);
    const { coverage } = await bucket.ask(`top-talkers in=${A} ${WINDOW}`, [a, b]);
    expect(coverage.matched).toBe(4);
    expect(bucket.runs.at(-1)?.reading.records).toBe(24);
  });
});
