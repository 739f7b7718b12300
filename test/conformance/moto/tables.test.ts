import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { TableSpec } from '../../../src/core/sql/hive-ddl.ts';
import { signal } from '../../aws/given-aws.ts';
import { type JudgedAws, judgedAws, newName } from '../judged-aws.ts';

// What moto cannot judge: its Athena takes any text for DDL, says that it succeeded and changes nothing in Glue. So
// here DDL is started and waited for, and what is read from Glue was put there through Glue; ministack runs the DDL.

let aws: JudgedAws;
let database: string;
beforeEach(async () => {
  database = newName('db').replaceAll('-', '_');
  const workgroup = newName('wg');
  aws = await judgedAws(inject('moto'), { home: { region: 'eu-central-1', role: undefined, workgroup } });
  await aws.cloud.tables.createWorkgroup(
    { name: workgroup, resultLocation: 's3://results/', scanLimitBytes: 10_000_000 },
    signal,
  );
});

const spec = (): TableSpec => ({
  database,
  name: 'fl_1',
  columns: [{ name: 'version', type: 'int' }],
  partitionKeys: [{ name: 'p_hour', type: 'string' }],
  format: 'text',
  location: 's3://logs/AWSLogs/',
  properties: {},
});

it('a workgroup is read as it was made, and is made once', async () => {
  const { tables } = aws.cloud;
  const wanted = { name: newName('wg'), resultLocation: 's3://results/', scanLimitBytes: 10_000_000 };
  await tables.createWorkgroup(wanted, signal);
  await tables.createWorkgroup({ ...wanted, scanLimitBytes: 20_000_000 }, signal);
  expect(await tables.workgroup(wanted.name, signal)).toEqual({ ...wanted, enforced: true });
  expect(await tables.workgroup(newName('missing'), signal)).toBeUndefined();
});

it('DDL is started in its workgroup and awaited until it has succeeded', async () => {
  const { tables } = aws.cloud;
  await tables.createDatabase(database, signal);
  await tables.createTable(spec(), signal);
  await tables.addPartitions(spec(), [{ values: ['2026/03/05/12'], location: 's3://logs/12/' }], signal);
  await tables.dropTable(database, 'fl_1', signal);
});

it('DDL fails with a message where its workgroup is missing', async () => {
  const { cloud } = await judgedAws(inject('moto'), {
    home: { region: 'eu-central-1', role: undefined, workgroup: newName('missing') },
  });
  await expect(cloud.tables.createDatabase(database, signal)).rejects.toMatchObject({
    code: 'refused',
    call: 'athena:StartQueryExecution',
  });
});

describe('a table in Glue', () => {
  const storage = {
    Columns: [{ Name: 'version', Type: 'int' }],
    Location: 's3://logs/AWSLogs',
    SerdeInfo: {
      SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
      Parameters: { 'field.delim': ' ' },
    },
  };

  it('is read as its DDL would have said it, and is undefined when it is not there', async () => {
    const { tables } = aws.cloud;
    expect(await tables.hasDatabase(database, signal)).toBe(false);
    expect(await tables.table(database, 'fl_1', signal)).toBeUndefined();
    const glue = await aws.clients.glue();
    await glue.createDatabase({ DatabaseInput: { Name: database } });
    expect(await tables.hasDatabase(database, signal)).toBe(true);
    expect(await tables.table(database, 'fl_1', signal)).toBeUndefined();
    await glue.createTable({
      DatabaseName: database,
      TableInput: {
        Name: 'fl_1',
        StorageDescriptor: storage,
        PartitionKeys: [{ Name: 'p_hour', Type: 'string' }],
        Parameters: { EXTERNAL: 'TRUE', 'managed-by': 'flowlog' },
      },
    });
    expect(await tables.table(database, 'fl_1', signal)).toEqual({
      ...spec(),
      properties: { 'managed-by': 'flowlog' },
    });
  });

  it('has the partitions that were added', async () => {
    const glue = await aws.clients.glue();
    await glue.createDatabase({ DatabaseInput: { Name: database } });
    await glue.createTable({
      DatabaseName: database,
      TableInput: { Name: 'fl_1', StorageDescriptor: storage },
    });
    const hours = ['2026/03/05/12', '2026/03/05/13'];
    await glue.batchCreatePartition({
      DatabaseName: database,
      TableName: 'fl_1',
      PartitionInputList: hours.map((hour) => ({
        Values: [hour],
        StorageDescriptor: { ...storage, Location: `s3://logs/${hour}/` },
      })),
    });
    const found = await aws.cloud.tables.partitions(database, 'fl_1', signal);
    expect(found.toSorted((a, b) => (a.location < b.location ? -1 : 1))).toEqual(
      hours.map((hour) => ({ values: [hour], location: `s3://logs/${hour}/` })),
    );
  });
});
