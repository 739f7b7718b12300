import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import { addMissingPartitions } from '../../../src/core/lake/cloud-sources.ts';
import type { S3Source } from '../../../src/core/lake/log-source.ts';
import { tableFor } from '../../../src/core/lake/table-for.ts';
import type { TablePartition } from '../../../src/core/sql/hive-ddl.ts';
import { aSource } from '../../support/a-source.ts';
import { afterNoon, flow, NOON } from '../../support/flow.ts';
import { givenSample } from '../../support/given-sample.ts';
import { type OneBucket, openOneBucket } from '../../support/one-bucket.ts';

const { signal } = new AbortController();

const partition = (hour: string): TablePartition => ({
  values: ['123456789012', 'us-east-1', `2026/11/24/${hour}`],
  location: `s3://logs/2026/11/24/${hour}/`,
});

it('a table gets the partitions that it lacks, keeps those that it has, and is not altered where none is needed', async () => {
  const { cloud, now, state } = await givenSample();
  const asked: string[] = [];
  const tables = {
    partitions: (...how: Parameters<typeof cloud.tables.partitions>) => {
      asked.push('partitions');
      return cloud.tables.partitions(...how);
    },
    addPartitions: (...how: Parameters<typeof cloud.tables.addPartitions>) => {
      asked.push(`add ${how[1].map(({ values }) => values.at(-1)?.slice(-2)).join(' ')}`);
      return cloud.tables.addPartitions(...how);
    },
  };
  const table = tableFor(aSource(), { database: 'flowlog', mode: 'explicit', since: now() });
  await cloud.tables.createTable(table, signal);
  const add = (...hours: readonly string[]) =>
    addMissingPartitions({ table, partitions: hours.map(partition) }, tables, signal);
  await add('10');
  await add('09', '10', '11');
  await add('09', '11');
  await add();
  expect(asked).toEqual(['partitions', 'add 10', 'partitions', 'add 09 11', 'partitions']);
  expect((await state()).tables[0]?.partitions.map(({ values }) => values.at(-1))).toEqual([
    '2026/11/24/10',
    '2026/11/24/09',
    '2026/11/24/11',
  ]);
});

const LINE = 'records 10.0.1.5 since 2026-03-05T12:00Z until 2026-03-05T12:30Z';

const fileOf = (slot: number) => [flow(NOON + slot * 300 + 100, { srcport: 40_000 + slot })];

async function given(): Promise<{ readonly bucket: OneBucket; readonly source: S3Source }> {
  const bucket = await openOneBucket(afterNoon(3_600));
  const source = aSource('fl-0a000001', { fields: DEFAULT_FORMAT });
  await bucket.deliver(source, [0, 1, 2].flatMap(fileOf));
  await bucket.makeTable(source);
  return { bucket, source };
}

describe('an attempt after a restart', () => {
  it('asks what the first attempt asked, though a file came meanwhile: it runs once, and reports what it read', async () => {
    const { bucket, source } = await given();
    const first = await bucket.ask(LINE, [source], 'question-1');
    expect(first.rows).toHaveLength(3);
    await bucket.deliver(source, fileOf(3));
    const again = await bucket.ask(LINE, [source], 'question-1');
    expect(bucket.athena.executions()).toHaveLength(1);
    expect(again.rows).toEqual(first.rows);
    expect(again.coverage).toEqual(first.coverage);
    expect(again.coverage.filesRead).toBe(3);
  });

  it('is not another question, which sees the file', async () => {
    const { bucket, source } = await given();
    await bucket.ask(LINE, [source], 'question-1');
    await bucket.deliver(source, fileOf(3));
    for (const identity of ['question-2', undefined])
      expect((await bucket.ask(LINE, [source], identity)).rows).toHaveLength(4);
  });
});
