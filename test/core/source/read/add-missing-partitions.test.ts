import { expect, it } from 'vitest';
import { addMissingPartitions } from '../../../../src/core/lake/cloud-sources.ts';
import { tableFor } from '../../../../src/core/lake/table-for.ts';
import type { TablePartition } from '../../../../src/core/sql/hive-ddl.ts';
import { aSource } from '../../../support/a-source.ts';
import { givenSample } from '../../../support/given-sample.ts';

const { signal } = new AbortController();

const partition = (hour: string): TablePartition => ({
  values: ['123456789012', 'us-east-1', `2026/11/24/${hour}`],
  location: `s3://logs/2026/11/24/${hour}/`,
});

it('adds what a table lacks, leaves what it has, and asks nothing where nothing is needed', async () => {
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
