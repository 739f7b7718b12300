import { describe, expect, it } from 'vitest';
import type { EngineErrorCode } from '../../../src/core/errors.ts';
import type { AthenaErrorFacts } from '../../fakes/athena/execution.ts';
import { flow, NOON } from '../../support/flow.ts';
import { failureOf, run, shown } from './a-statement.ts';
import { openAthena } from './open-athena.ts';

const ONE = [{ records: [flow(NOON)] }];

describe('why an execution failed', () => {
  it.each<[string, AthenaErrorFacts | undefined, EngineErrorCode, string]>([
    [
      "TABLE_NOT_FOUND: line 5:8: Table 'awsdatacatalog.flowlog.logs' does not exist",
      { ErrorCategory: 2, ErrorType: 1006 },
      'missing-table',
      "TABLE_NOT_FOUND: line 5:8: Table 'awsdatacatalog.flowlog.logs' does not exist",
    ],
    ["SCHEMA_NOT_FOUND: line 1:15: Schema 'flowlog' does not exist", undefined, 'missing-table', ''],
    ['Entity Not Found', { ErrorCategory: 2, ErrorType: 1110 }, 'missing-table', 'Entity Not Found'],
    [
      "COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved or requester is not authorized to access requested resources",
      { ErrorCategory: 2, ErrorType: 1006 },
      'rejected',
      '',
    ],
    ['TYPE_MISMATCH: line 3:4: Cannot apply operator: varchar = bigint', undefined, 'rejected', ''],
    ["SYNTAX_ERROR: line 1:1: Function 'foo' not registered", undefined, 'rejected', ''],
    [
      'Insufficient permissions to execute the query. User: arn:aws:sts::1:assumed-role/app/x is not authorized to perform: glue:GetTable on resource: arn:aws:glue:eu-central-1:1:table/flowlog/logs because no identity-based policy allows the glue:GetTable action (Service: AWSGlue; Status Code: 400; Request ID: 7; Proxy: null)',
      { ErrorCategory: 2, ErrorType: 1501 },
      'denied',
      'the role lacks glue:GetTable on arn:aws:glue:eu-central-1:1:table/flowlog/logs',
    ],
    [
      'Insufficient Lake Formation permission(s): Required Select on logs (Service: AWSLakeFormation; Status Code: 400)',
      undefined,
      'denied',
      'the role lacks a grant of Lake Formation: Select on logs',
    ],
    [
      'HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://logs/AWSLogs/1/x.log.gz (offset=0, length=9): Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 5; Proxy: null)',
      undefined,
      'denied',
      'the role lacks s3:GetObject on s3://logs/AWSLogs/1/x.log.gz',
    ],
    [
      'Access denied when writing output to url: s3://results/flowlog/1.csv . Please ensure you are allowed to access the S3 bucket.',
      { ErrorCategory: 2, ErrorType: 1500 },
      'denied',
      'the role lacks s3:PutObject on s3://results/flowlog/1.csv',
    ],
    [
      'You are not authorized to perform: athena:GetDataCatalog on the resource. After your administrator has updated your permissions, try again.',
      undefined,
      'denied',
      'the role lacks athena:GetDataCatalog',
    ],
    ['Permission denied', { ErrorCategory: 2, ErrorType: 1501 }, 'denied', 'Permission denied'],
    ['Query exhausted resources at this scale factor', { ErrorCategory: 2, ErrorType: 2 }, 'exhausted', ''],
    [
      'HIVE_CANNOT_OPEN_SPLIT: Please reduce your request rate',
      { ErrorCategory: 2, ErrorType: 1403 },
      'throttled',
      '',
    ],
    [
      'HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://logs/x.parquet (offset=0, length=9): Slow Down (Service: Amazon S3; Status Code: 503; Error Code: 503 Slow Down)',
      undefined,
      'throttled',
      'HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://logs/x.parquet (offset=0, length=9): Slow Down',
    ],
    [
      'HIVE_BAD_DATA: Not valid Parquet file: s3://logs/AWSLogs/1/x.log.gz expected magic number: PAR1 got: ab',
      { ErrorCategory: 2, ErrorType: 200 },
      'unreadable',
      '',
    ],
    [
      'HIVE_CURSOR_ERROR: The specified key does not exist. (Service: Amazon S3; Status Code: 404; Error Code: NoSuchKey)',
      undefined,
      'unreadable',
      'HIVE_CURSOR_ERROR: The specified key does not exist.',
    ],
    [
      'Rate exceeded (Service: AWSGlue; Error Code: ThrottlingException)',
      undefined,
      'throttled',
      'Rate exceeded',
    ],
    [
      'Unable to verify/create output bucket results',
      { ErrorCategory: 2, ErrorType: 1306 },
      'not-set-up',
      'the workgroup flowlog has no place for its results: Unable to verify/create output bucket results',
    ],
    [
      'The bucket you are attempting to access must be addressed using the specified endpoint. (Service: Amazon S3; Status Code: 301; Error Code: PermanentRedirect)',
      undefined,
      'wrong-region',
      'The bucket you are attempting to access must be addressed using the specified endpoint.',
    ],
    [
      "INVALID_TABLE_PROPERTY: The 'storage.location.template' table property must contain templates for all partition columns!",
      undefined,
      'rejected',
      '',
    ],
    [
      'GENERIC_INTERNAL_ERROR: null',
      { ErrorCategory: 3, ErrorType: 233 },
      'broken',
      'GENERIC_INTERNAL_ERROR: null',
    ],
    ['', undefined, 'broken', 'Athena gave no reason'],
  ])('is understood: %s', async (reason, error, code, message) => {
    const opened = await openAthena(ONE);
    opened.fake.plan({ end: { state: 'FAILED', reason, scannedBytes: 9, ...(error && { error }) } });
    const failure = await failureOf(run(opened));
    expect([...shown(failure), failure.billed]).toEqual([code, message || reason, undefined]);
    expect(opened.fake.executions()).toHaveLength(1);
  });

  it.each([
    ['its category is AWS’s own', { ErrorCategory: 1, ErrorType: 200 }],
    ['AWS says so', { ErrorCategory: 3, ErrorType: 401, Retryable: true }],
  ])('is no reason not to try once more when %s', async (_, error) => {
    const opened = await openAthena(ONE);
    const end = { state: 'FAILED', reason: 'GENERIC_INTERNAL_ERROR: null', error } as const;
    opened.fake.plan({ end });
    const answered = await run(opened, { identity: 'q1' });
    expect(answered.rows).toEqual([['1']]);
    expect(opened.fake.executions().map(({ state }) => state)).toEqual(['FAILED', 'SUCCEEDED']);
    expect((await run(opened, { identity: 'q1' })).id).toBe(answered.id);
    opened.fake.plan({ end }, { end });
    expect((await failureOf(run(opened, { identity: 'q2' }))).code).toBe('broken');
    expect(opened.fake.executions()).toHaveLength(4);
  });
});

describe('an execution that was cancelled', () => {
  it('by the limit of the workgroup is charged for what it read', async () => {
    const opened = await openAthena(ONE);
    opened.fake.setWorkgroup('flowlog', { outputLocation: 's3://results/', cutoffBytes: 1 });
    const failure = await failureOf(run(opened));
    const [execution] = opened.fake.executions();
    expect(shown(failure)).toEqual(['over-limit', 'Bytes scanned limit was exceeded']);
    expect(failure.billed).toEqual({ runId: execution?.id, scannedBytes: opened.fake.billedBytes() });
    expect(opened.fake.billedBytes()).toBeGreaterThan(0);
  });

  it('by another person is charged too', async () => {
    const opened = await openAthena(ONE);
    opened.fake.plan({ end: { state: 'CANCELLED', reason: 'Query cancelled by user', scannedBytes: 77 } });
    const failure = await failureOf(run(opened));
    expect([failure.code, failure.billed?.scannedBytes]).toEqual(['cancelled', 77]);
  });

  it('by Athena’s own time limit is free', async () => {
    const opened = await openAthena(ONE);
    opened.fake.plan({ end: { state: 'CANCELLED', reason: 'Query timeout', scannedBytes: 77 } });
    const failure = await failureOf(run(opened));
    expect([failure.code, failure.billed]).toEqual(['timed-out', undefined]);
  });
});
