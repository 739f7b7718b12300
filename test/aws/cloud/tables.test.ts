import { describe, expect, it } from 'vitest';
import type { TableSpec } from '../../../src/core/sql/hive-ddl.ts';
import { json, jsonFault, script, sts } from '../../fakes/aws/answers.ts';
import type { AwsAnswer } from '../../fakes/aws/fake-aws.ts';
import { givenAws, signal } from '../given-aws.ts';

const SPEC: TableSpec = {
  database: 'flowlog',
  name: 'fl_1',
  columns: [{ name: 'version', type: 'int' }],
  partitionKeys: [{ name: 'p_hour', type: 'string' }],
  format: 'text',
  location: 's3://logs/AWSLogs/',
  properties: {},
};

const STARTED = json({ QueryExecutionId: 'q-1' });

/** A statement in some state. */
function state(State: string, more: object = {}): AwsAnswer {
  return json({ QueryExecution: { QueryExecutionId: 'q-1', Status: { State, ...more } } });
}

/** What comes of creating a table when its statement goes through these states. */
async function created(...states: readonly AwsAnswer[]) {
  const pauses: number[] = [];
  const paced: string[] = [];
  const { aws, cloud } = await givenAws(
    script({ StartQueryExecution: [STARTED], GetQueryExecution: states }),
    {
      pace: async (call) => void paced.push(call),
      pause: async (milliseconds) => void pauses.push(milliseconds),
    },
  );
  const outcome = await cloud.tables.createTable(SPEC, signal).catch((error: unknown) => error);
  return { outcome, pauses, paced, aws };
}

describe('DDL', () => {
  it('is sent once, with a token, to the workgroup, and waited for ever more patiently', async () => {
    const waiting = [state('QUEUED'), state('RUNNING'), state('QUEUED')];
    const { outcome, pauses, aws } = await created(...waiting, state('SUCCEEDED'));
    expect(outcome).toBeUndefined();
    expect(pauses).toEqual([250, 312.5, 390.625]);
    const starts = aws.calls.filter(({ action }) => action === 'StartQueryExecution');
    expect(starts.map(({ body }) => JSON.parse(body))).toEqual([
      {
        QueryString: expect.stringMatching(/^CREATE EXTERNAL TABLE IF NOT EXISTS `flowlog`.`fl_1`/),
        WorkGroup: 'flowlog',
        ClientRequestToken: 'token-1'.padEnd(32, '0'),
      },
    ]);
  });

  it('waits its turn for each call, as questions do', async () => {
    const { paced, aws } = await created(state('QUEUED'), state('SUCCEEDED'));
    expect(paced).toEqual(['StartQueryExecution', 'GetQueryExecution', 'GetQueryExecution']);
    expect(aws.calls.map(({ action }) => action)).toEqual(expect.arrayContaining(paced));
  });

  it.each([
    ['AccessDeniedException: not authorized to perform: glue:CreateTable', 2, 'denied'],
    ['Database flowlog not found', 2, 'not-found'],
    ['FAILED: SemanticException table already exists', 2, 'already-exists'],
    ['Rate exceeded (Service: AWSGlue)', 2, 'throttled'],
    ['mismatched input', 2, 'refused'],
    ['Internal error', 1, 'broken'],
  ])('that fails with "%s" says so', async (ErrorMessage, ErrorCategory, code) => {
    const { outcome } = await created(
      state('FAILED', { AthenaError: { ErrorCategory, ErrorType: 1001, ErrorMessage } }),
    );
    expect(outcome).toMatchObject({
      code,
      call: 'athena:StartQueryExecution',
      fault: 'FAILED 1001',
      message: ErrorMessage,
    });
  });

  it('that was cancelled has not succeeded', async () => {
    const { outcome } = await created(state('CANCELLED', { StateChangeReason: 'Cancelled by user' }));
    expect(outcome).toMatchObject({ code: 'broken', fault: 'CANCELLED', message: 'Cancelled by user' });
  });
});

describe('a table', () => {
  it('is read as its DDL would have said it', async () => {
    const serde = {
      SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
      Parameters: { 'field.delim': ' ', 'serialization.format': ' ' },
    };
    const stored = {
      Name: 'fl_1',
      StorageDescriptor: {
        Columns: [{ Name: 'version', Type: 'int' }],
        Location: 's3://logs/AWSLogs',
        SerdeInfo: serde,
      },
      PartitionKeys: [{ Name: 'p_hour', Type: 'string' }],
      Parameters: { EXTERNAL: 'TRUE', transient_lastDdlTime: '1', 'skip.header.line.count': '1' },
    };
    const { cloud } = await givenAws(script({ GetTable: [json({ Table: stored })] }));
    expect(await cloud.tables.table('flowlog', 'fl_1', signal)).toEqual({
      ...SPEC,
      properties: { 'skip.header.line.count': '1' },
    });
  });

  it.each([
    ['org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe', {}, 'parquet'],
    ['org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe', { 'field.delim': ',' }, undefined],
    ['org.openx.data.jsonserde.JsonSerDe', {}, undefined],
  ])('of %s with %o is %s', async (SerializationLibrary, Parameters, format) => {
    const table = { Name: 't', StorageDescriptor: { SerdeInfo: { SerializationLibrary, Parameters } } };
    const { cloud } = await givenAws(script({ GetTable: [json({ Table: table })] }));
    expect(await cloud.tables.table('flowlog', 't', signal)).toMatchObject({ format });
  });

  it('that is not there is undefined, as its database', async () => {
    const gone = jsonFault('EntityNotFoundException');
    const { cloud } = await givenAws(script({ GetTable: [gone], GetDatabase: [gone, json({})] }));
    expect(await cloud.tables.table('flowlog', 'fl_1', signal)).toBeUndefined();
    expect(await cloud.tables.hasDatabase('flowlog', signal)).toBe(false);
    expect(await cloud.tables.hasDatabase('flowlog', signal)).toBe(true);
  });

  it('of another catalog has the columns that it has now, in the words of Hive', async () => {
    const column = (Name: string, Type: string, current?: string) => ({
      ...{ Name, Type },
      ...(current !== undefined && { Parameters: { 'iceberg.field.current': current } }),
    });
    const table = {
      Name: 'vpc',
      StorageDescriptor: {
        Columns: [
          column('src_endpoint', 'struct<ip:string>', 'true'),
          column('was_there', 'string', 'false'),
          column('end', 'bigint'),
        ],
      },
    };
    const { aws, cloud } = await givenAws(
      script({
        GetCallerIdentity: [sts('GetCallerIdentity', { Account: '123456789012' })],
        GetTable: [json({ Table: table }), json({ Table: table }), jsonFault('EntityNotFoundException')],
      }),
    );
    const at = { database: 'logs', name: 'vpc' };
    expect(await cloud.tables.schema({ catalog: 's3tablescatalog/aws-cloudwatch', ...at }, signal)).toEqual({
      columns: [
        { name: 'src_endpoint', type: 'struct<ip:string>' },
        { name: 'end', type: 'bigint' },
      ],
      partitionKeys: [],
    });
    expect(await cloud.tables.schema(at, signal)).toMatchObject({ columns: [{}, {}] });
    expect(await cloud.tables.schema(at, signal)).toBeUndefined();
    const asked = aws.calls.filter(({ action }) => action === 'GetTable').map(({ body }) => JSON.parse(body));
    const named = { DatabaseName: 'logs', Name: 'vpc' };
    expect(asked).toEqual([
      { ...named, CatalogId: '123456789012:s3tablescatalog/aws-cloudwatch' },
      named,
      named,
    ]);
  });

  it('has the partitions of all pages', async () => {
    const partition = (hour: string) => ({
      Values: [hour],
      StorageDescriptor: { Location: `s3://logs/${hour}` },
    });
    const { cloud } = await givenAws(
      script({
        GetPartitions: [
          json({ Partitions: [partition('2026/03/05/12')], NextToken: 'more' }),
          json({ Partitions: [partition('2026/03/05/13')] }),
        ],
      }),
    );
    expect(await cloud.tables.partitions('flowlog', 'fl_1', signal)).toEqual([
      { values: ['2026/03/05/12'], location: 's3://logs/2026/03/05/12/' },
      { values: ['2026/03/05/13'], location: 's3://logs/2026/03/05/13/' },
    ]);
  });
});

describe('a workgroup', () => {
  const WANTED = { name: 'flowlog', resultLocation: 's3://results/', scanLimitBytes: 10_000_000 };

  it('is undefined where Athena finds none, and other faults of a request stay faults', async () => {
    const missing = jsonFault('InvalidRequestException', 'WorkGroup flowlog is not found.');
    const wrong = jsonFault('InvalidRequestException', 'WorkGroup name is invalid');
    const { cloud } = await givenAws(script({ GetWorkGroup: [missing, wrong] }));
    expect(await cloud.tables.workgroup('flowlog', signal)).toBeUndefined();
    await expect(cloud.tables.workgroup('flowlog', signal)).rejects.toMatchObject({ code: 'refused' });
  });

  it('is made with its settings enforced, and left alone when it is there', async () => {
    const there = jsonFault('InvalidRequestException', 'WorkGroup is already created');
    const { aws, cloud } = await givenAws(script({ CreateWorkGroup: [json({}), there] }));
    await cloud.tables.createWorkgroup(WANTED, signal);
    await cloud.tables.createWorkgroup(WANTED, signal);
    expect(JSON.parse(aws.calls.at(-1)?.body ?? '')).toEqual({
      Name: 'flowlog',
      Configuration: {
        ResultConfiguration: {
          OutputLocation: 's3://results/',
          EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
        },
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        BytesScannedCutoffPerQuery: 10_000_000,
      },
    });
  });
});
