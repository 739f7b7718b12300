import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { tableFor } from '../../../src/core/lake/table-for.ts';
import type { TableSpec } from '../../../src/core/sql/hive-ddl.ts';
import { projectionOf } from '../../fakes/athena/select/projection.ts';
import { aSource, LAYOUTS } from '../../support/a-source.ts';
import { runTrino } from './run-trino.ts';
import { trinoTableDdl } from './trino-ddl.ts';

const OPTIONS = { mode: 'projected', since: new Date('2026-01-01T00:00:00Z') } as const;

/** A schema of its own. */
async function newDatabase(): Promise<string> {
  const name = `p_${randomUUID().replaceAll('-', '_')}`;
  await runTrino(inject('trino'), {
    text: `CREATE SCHEMA "${name}" WITH (location = 'local:///${name}')`,
    bound: [],
  });
  return name;
}

/** Whether Trino takes the DDL of a table, and whether our fake of Athena takes the table. */
async function taken(spec: TableSpec): Promise<{ readonly trino: boolean; readonly fake: boolean }> {
  await mkdir(join(inject('trinoLake'), new URL(spec.location).hostname, new URL(spec.location).pathname), {
    recursive: true,
  });
  const trino = await runTrino(inject('trino'), { text: trinoTableDdl(spec), bound: [] }).then(
    () => true,
    () => false,
  );
  const PartitionKeys = spec.partitionKeys.map(({ name, type }) => ({ Name: name, Type: type }));
  const StorageDescriptor = { Location: spec.location };
  const table = {
    ...{ DatabaseName: spec.database, Name: spec.name, Parameters: { ...spec.properties } },
    ...{ PartitionKeys, StorageDescriptor },
  };
  try {
    projectionOf(table, new Date());
    return { trino, fake: true };
  } catch {
    return { trino, fake: false };
  }
}

it.each(LAYOUTS)('a table of ours is one that Trino takes: %o', async (layout) => {
  const spec = tableFor(aSource('fl-1', { layout }), { ...OPTIONS, database: await newDatabase() });
  expect(await taken(spec)).toEqual({ trino: true, fake: true });
});

describe('what Trino refuses, our fake of Athena refuses too:', () => {
  it.each([
    [
      'a template that writes the account out',
      { 'storage.location.template': `s3://logs/1/\${p_region}/\${p_hour}/` },
    ],
    ['a range of days where hours are projected', { 'projection.p_hour.range': '2026/01/01,NOW' }],
    ['a range that is turned round', { 'projection.p_hour.range': 'NOW,2026/01/01/00' }],
    ['a range of one', { 'projection.p_hour.range': 'NOW' }],
    ['hours without a step', { 'projection.p_hour.interval.unit': undefined }],
    ['a pattern that is none', { 'projection.p_hour.format': 'bb' }],
    ['a kind that is none', { 'projection.p_hour.type': 'times' }],
    ['a key without a kind', { 'projection.p_region.type': undefined }],
    ['no values', { 'projection.p_account.values': undefined }],
  ] as const)('%s', async (_, change) => {
    const source = aSource('fl-1', { layout: { hourly: true } });
    const spec = tableFor(source, { ...OPTIONS, database: await newDatabase() });
    const properties = Object.fromEntries(
      Object.entries({ ...spec.properties, ...change }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    );
    expect(await taken({ ...spec, properties })).toEqual({ trino: false, fake: false });
  });

  it('a number onto which an hour is projected', async () => {
    const spec = tableFor(aSource('fl-1', { layout: { hourly: true } }), {
      ...OPTIONS,
      database: await newDatabase(),
    });
    const partitionKeys = spec.partitionKeys.map((key) => ({ ...key, type: 'int' }));
    expect(await taken({ ...spec, partitionKeys })).toEqual({ trino: false, fake: false });
  });
});
