import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { columnName, DEFAULT_FORMAT, FIELDS, isField } from '../../../src/core/flow-log/fields.ts';
import type { TableSpec } from '../../../src/core/sql/hive-ddl.ts';
import { REGION, signal } from '../../aws/given-aws.ts';
import { flow, NOON, silence } from '../../support/flow.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { type LakeOptions, writeLake } from '../../support/write-lake.ts';
import { type JudgedAws, judgedAws, newName } from '../judged-aws.ts';
import { putObjects } from '../put-objects.ts';
import { select } from './select.ts';

// What ministack 1.5.33 cannot judge, read in its source:
// - CREATE DATABASE and ALTER TABLE ADD PARTITION: of DDL its Athena knows CREATE TABLE and DROP TABLE and passes all
//   else to DuckDB, which refuses the backticks. Databases are made through Glue here; partitions are not judged.
// - Partitions of Glue, and projection: it reads every file under a table's LOCATION and knows a partition only by
//   `key=value` folders, so that only the Hive layout can be asked by its keys.
// - ExecutionParameters: it drops them, so statements with `?` fail. Values stand in the text here.
// - Trino's functions and errors: DuckDB runs the SELECT. And it bills nothing that means anything.
// - A backslash before a quote in a text of DDL, which its lexer takes for the end of the text.

/** Between two looks at a statement; it is done at once. */
const PAUSE_MS = 20;
const LAYOUT = { layout: 'hive', account: '123456789012', region: REGION } as const;
const TYPES = { text: 'string', integer: 'int', long: 'bigint' } as const;

let aws: JudgedAws;
let bucket: string;
let spec: TableSpec;
beforeEach(async () => {
  const workgroup = newName('wg');
  const home = { region: REGION, role: undefined, workgroup };
  aws = await judgedAws(inject('ministack'), { home, pause: async () => void (await pause(PAUSE_MS)) });
  bucket = newName('lake');
  await aws.site.buckets.create(bucket, signal);
  await aws.cloud.tables.createWorkgroup(
    { name: workgroup, resultLocation: `s3://${bucket}/results/`, scanLimitBytes: 10_000_000 },
    signal,
  );
  const database = newName('db').replaceAll('-', '_');
  await (await aws.clients.glue()).createDatabase({ DatabaseInput: { Name: database } });
  spec = specFor(database, bucket, DEFAULT_FORMAT);
});

/** A table over the region's folder in the Hive layout, columns in the order of the fields. */
function specFor(database: string, ofBucket: string, fields: readonly string[]): TableSpec {
  return {
    database,
    name: 'fl_1',
    columns: fields.map((field) => ({
      name: columnName(field),
      type: TYPES[isField(field) ? FIELDS[field].type : 'text'],
    })),
    partitionKeys: ['year', 'month', 'day'].map((name) => ({ name, type: 'string' })),
    format: 'text',
    location: `s3://${ofBucket}/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=${REGION}/`,
    properties: { 'managed-by': 'flowlog' },
  };
}

const DAY = 86_400;
const RECORDS = [
  flow(NOON),
  flow(NOON + 60, { srcaddr: '198.51.100.7', action: 'REJECT', bytes: 40 }),
  silence(NOON + 120, 'NODATA'),
  flow(NOON + DAY, { bytes: 7 }),
];

/** Writes the records as AWS would and puts them into the bucket. */
async function deliver(options: LakeOptions = {}): Promise<void> {
  const folder = await tempFolder();
  for (const key of await writeLake(folder, RECORDS, { ...LAYOUT, ...options })) {
    await putObjects(aws, bucket, { [key]: await readFile(join(folder, key)) });
  }
}

describe('a table that our DDL made', () => {
  it('is in Glue as specified, may be made twice, and is dropped', async () => {
    const { tables } = aws.cloud;
    expect(await tables.hasDatabase(spec.database, signal)).toBe(true);
    await tables.createTable(spec, signal);
    await tables.createTable(spec, signal);
    expect(await tables.table(spec.database, spec.name, signal)).toEqual({
      ...spec,
      properties: { 'skip.header.line.count': '1', 'managed-by': 'flowlog' },
    });
    await tables.dropTable(spec.database, spec.name, signal);
    await tables.dropTable(spec.database, spec.name, signal);
    expect(await tables.table(spec.database, spec.name, signal)).toBeUndefined();
  });

  it('is not made in a missing database', async () => {
    const nowhere = { ...spec, database: 'nowhere' };
    await expect(aws.cloud.tables.createTable(nowhere, signal)).rejects.toMatchObject({
      code: 'not-found',
      call: 'athena:StartQueryExecution',
      fault: 'FAILED',
    });
  });

  it('reads gzipped text by position, below the header of each file, and dashes as NULL', async () => {
    await deliver();
    await aws.cloud.tables.createTable(spec, signal);
    const rows = await select(
      aws,
      `SELECT srcaddr, sum(bytes) AS bytes, count(*) AS records FROM "${spec.database}"."fl_1"
       WHERE log_status = 'OK' GROUP BY srcaddr ORDER BY srcaddr`,
    );
    expect(rows).toEqual([
      ['198.51.100.7', '40', '1'],
      ['203.0.113.9', '1007', '2'],
    ]);
    const silent = await select(
      aws,
      `SELECT srcaddr, srcport, "start", "end" FROM "${spec.database}"."fl_1" WHERE log_status = 'NODATA'`,
    );
    expect(silent).toEqual([['-', undefined, String(NOON + 61), String(NOON + 120)]]);
  });

  it('reads another order of fields as its columns say', async () => {
    const fields = ['end', 'log-status', 'dstaddr', 'srcaddr', 'from-the-future'];
    await deliver({ fields });
    await aws.cloud.tables.createTable(specFor(spec.database, bucket, fields), signal);
    const rows = await select(
      aws,
      `SELECT DISTINCT srcaddr, dstaddr, from_the_future FROM "${spec.database}"."fl_1"
       WHERE log_status = 'OK' AND "end" < ${NOON + 60}`,
    );
    expect(rows).toEqual([['203.0.113.9', '10.0.1.5', '-']]);
  });

  it('reads Parquet by name', async () => {
    await deliver({ format: 'parquet' });
    const parquet = {
      ...specFor(spec.database, bucket, DEFAULT_FORMAT.toReversed()),
      format: 'parquet',
    } as const;
    await aws.cloud.tables.createTable(parquet, signal);
    expect(await aws.cloud.tables.table(spec.database, 'fl_1', signal)).toMatchObject({ format: 'parquet' });
    const rows = await select(
      aws,
      `SELECT sum(bytes), min(srcport) FROM "${spec.database}"."fl_1" WHERE action = 'ACCEPT'`,
    );
    expect(rows).toEqual([['1007', '50001']]);
  });

  it('is asked by the keys of its partitions', async () => {
    await deliver();
    await aws.cloud.tables.createTable(spec, signal);
    const rows = await select(
      aws,
      `SELECT day, count(*) FROM "${spec.database}"."fl_1"
       WHERE year = '2026' AND month = '03' AND day BETWEEN '05' AND '06' GROUP BY day ORDER BY day`,
    );
    expect(rows).toEqual([
      ['05', '3'],
      ['06', '1'],
    ]);
  });
});
