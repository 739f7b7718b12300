import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT, FIELD_NAMES } from '../../../src/core/flow-log/fields.ts';
import { objectPlace } from '../../../src/core/flow-log/object-key.ts';
import { flowLogOf } from '../../../src/core/flow-log/slots.ts';
import type { FileLayout } from '../../../src/core/lake/flow-logs.ts';
import type { S3Source } from '../../../src/core/lake/log-source.ts';
import type { Row } from '../../../src/core/query/columns.ts';
import { aSource } from '../../support/a-source.ts';
import { openLake } from '../../support/open-lake.ts';
import { referencePath } from '../../support/reference.ts';
import { catalogLines } from './catalog-lines.ts';
import { expectPruned } from './expect-pruned.ts';
import { openTrinoBucket, type TrinoBucket } from './open-trino-bucket.ts';

const LAYOUTS = referencePath('data/layouts');
/** The fields of versions 2 to 5, in the order of the converted records. */
const UP_TO_V5 = FIELD_NAMES.slice(0, 29);

interface RealLayout {
  readonly name: string;
  readonly layout: FileLayout;
  readonly fields: readonly string[];
  readonly window: string;
  readonly addresses: readonly string[];
  readonly now: Date;
  /** The converter wrote one file an hour, where AWS writes one for each five minutes. */
  readonly oneFileAnHour: boolean;
}

const REAL = {
  fields: DEFAULT_FORMAT,
  window: 'since 2024-12-14T16:30Z until 2024-12-14T16:55:30Z',
  addresses: ['10.0.1.249', '10.0.0.0/16', '::/0'],
  now: new Date('2024-12-16T00:00:00Z'),
  oneFileAnHour: false,
};
const CONVERTED = {
  fields: UP_TO_V5,
  window: 'since 2024-04-19T23:10Z until 2024-04-20T01:30Z',
  addresses: ['64.225.56.201', '64.0.0.0/6', '::/0'],
  now: new Date('2024-04-23T00:00:00Z'),
  oneFileAnHour: true,
};
const CASES: readonly RealLayout[] = [
  { name: 'text-daily', layout: { format: 'text', hive: false, hourly: false }, ...REAL },
  { name: 'parquet-daily', layout: { format: 'parquet', hive: false, hourly: false }, ...REAL },
  { name: 'text-hive-hourly', layout: { format: 'text', hive: true, hourly: true }, ...CONVERTED },
  { name: 'parquet-hive-hourly', layout: { format: 'parquet', hive: true, hourly: true }, ...CONVERTED },
];

/** The flow log whose files stand in a bucket, as their paths tell. */
function sourceIn({ name, folder }: TrinoBucket, { layout, fields }: RealLayout): S3Source {
  const keys = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const key = keys.find((each) => /\.log\.(gz|parquet)$/.test(each)) ?? '';
  const { account = '', region = '' } = objectPlace(key);
  const id = flowLogOf(key).split('_').at(-1) ?? '';
  const files = { kind: 's3', bucket: name, prefix: '', files: layout } as const;
  return aSource(id, { account, region, place: files, fields, created: '2024-01-01T00:00:00Z' });
}

/**
 * Both engines' rows, as they must be equal. Where the converter wrote one file an hour, the embedded engine looks into
 * it and sees that it holds the hour. Athena does not look: there the file proves five minutes, so that `timeline` must
 * give no number and `gaps` adds the rest of the hour, in rows without records.
 */
function comparable(line: string, [trino, duckdb]: Pair, { oneFileAnHour }: RealLayout): Pair {
  if (!oneFileAnHour) return [trino, duckdb];
  if (line.startsWith('gaps')) return [trino.filter(({ records }) => records !== 0), duckdb];
  if (!line.startsWith('timeline')) return [trino, duckdb];
  const withoutNumbers = { accepted: null, rejected: null, counted: 'not' };
  return [trino, duckdb.map(({ bucket = null }) => ({ bucket, ...withoutNumbers }))];
}

type Pair = readonly [trino: readonly Row[], duckdb: readonly Row[]];

describe.skipIf(LAYOUTS === undefined)('over real flow logs', () => {
  it.each(CASES)('every question about $name has the rows on Trino that DuckDB finds', async (given) => {
    const folder = join(LAYOUTS ?? '', given.name);
    const bucket = await openTrinoBucket(given.now, folder);
    const source = sourceIn(bucket, given);
    await bucket.makeTable(source);
    const embedded = await openLake(folder, given.now);
    const lines = catalogLines(given.addresses, given.window);
    for (const line of lines) {
      const [here, there] = [await embedded.ask(line), await bucket.ask(line, [source])];
      const [trino, duckdb] = comparable(line, [there.rows, here.rows], given);
      expect([line, trino]).toEqual([line, duckdb]);
      expect([line, there.coverage.matched]).toEqual([line, here.coverage.matched]);
    }
    await embedded.close();
    expect(bucket.runs).toHaveLength(lines.length);
    expect(bucket.runs.filter(({ rows }) => rows > 1).length).toBeGreaterThan(lines.length / 2);
    for (const run of bucket.runs) expectPruned(run);
  });
});
