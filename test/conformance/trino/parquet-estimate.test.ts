import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DEFAULT_PRICES, estimateOf } from '../../../src/core/answer/cost.ts';
import { fieldsScanned } from '../../../src/core/answer/statement.ts';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import { openDuckdb } from '../../../src/duckdb/open-duckdb.ts';
import { createParquetSamples } from '../../../src/duckdb/parquet-samples.ts';
import { A_SUBNET, aSource } from '../../support/a-source.ts';
import { afterNoon, flow, NOON } from '../../support/flow.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { openTrinoBucket } from './open-trino-bucket.ts';

const { signal } = new AbortController();
const FIELDS = [
  ...DEFAULT_FORMAT,
  'vpc-id',
  'subnet-id',
  'instance-id',
  'tcp-flags',
  'pkt-srcaddr',
  'pkt-dstaddr',
];
const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:20Z';
/** Trino reads files below three megabytes as a whole, whatever is asked for. */
const RECORDS = 400_000;

/** Numbers as of a network: many peers and ports, and sizes of all kinds. */
function record(nth: number) {
  const mixed = (nth * 2_654_435_761) % 4_294_967_296;
  const peer = `203.0.${mixed % 113}.${mixed % 251}`;
  return flow(NOON + (nth % 290), {
    srcaddr: peer,
    'pkt-srcaddr': peer,
    'pkt-dstaddr': '10.0.1.5',
    srcport: 1_024 + (mixed % 64_000),
    bytes: mixed % 1_000_003,
    packets: mixed % 1_009,
    'tcp-flags': mixed % 20,
    'instance-id': `i-${(mixed % 500).toString(16).padStart(17, '0')}`,
  });
}

it('what Athena reads of Parquet is within a quarter of the estimate, as Trino counts it', async () => {
  const bucket = await openTrinoBucket(afterNoon(3_600));
  const files = { format: 'parquet', hive: false, hourly: false } as const;
  const source = aSource('fl-0a000001', {
    place: { kind: 's3', bucket: bucket.name, prefix: '', files },
    fields: FIELDS,
    resource: A_SUBNET,
  });
  await bucket.deliver(
    source,
    Array.from({ length: RECORDS }, (_, nth) => record(nth)),
  );
  await bucket.makeTable(source);
  const folder = await tempFolder('spill');
  const duckdb = await openDuckdb({
    ...{
      lakeFolder: bucket.folder,
      keptFolder: undefined,
      spillFolder: folder,
      memoryLimitMb: 256,
      threads: 2,
    },
  });
  onTestFinished(() => duckdb.closeSync());
  const samplesOf = createParquetSamples({
    duckdb,
    folder,
    keptPath: async ({ key }) => join(bucket.folder, key),
    fetchEnd: () => Promise.reject(new RangeError('nothing is fetched')),
  });
  for (const line of ['timeline', 'rejected', 'top-talkers', 'to 10.0.1.5', 'records 203.0.5.5']) {
    const { question, statement } = await bucket.ask(`${line} ${WINDOW}`, [source]);
    const { scan } = statement;
    const parquetSamples = await samplesOf(scan.objects, signal);
    const estimate = estimateOf({ ...scan, parquetSamples }, DEFAULT_PRICES, fieldsScanned(question, scan));
    const read = bucket.runs.at(-1)?.reading.bytes ?? 0;
    const whole = scan.objects.reduce((sum, { bytes }) => sum + bytes, 0);
    expect([line, estimate.bytes > read * 0.75 && estimate.bytes < read * 1.25]).toEqual([line, true]);
    expect(whole).toBeGreaterThan(3 * 1_048_576);
    // Of this one the columns lie apart.
    if (line === 'timeline') expect(estimate.bytes).toBeLessThan(whole / 2);
  }
});
