import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { AthenaClient } from '@aws-sdk/client-athena';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { createAthenaEngine } from '../../src/aws/athena/athena-engine.ts';
import type { Statement } from '../../src/core/answer/engine.ts';
import { EngineError } from '../../src/core/errors.ts';
import { changed } from './changed.ts';
import { fuzzed } from './fuzzed.ts';

const ID = '0a0a0a0a-0a0a-0a0a-0a0a-0a0a0a0a0a0a';
const column = (Name: string, Type: string) => ({ Name, Type, Label: Name, CaseSensitive: false });
const EXECUTION = {
  QueryExecutionId: ID,
  ResultConfiguration: { OutputLocation: `s3://results/${ID}.csv` },
  Statistics: {
    DataScannedInBytes: 10,
    TotalExecutionTimeInMillis: 5,
    ResultReuseInformation: { ReusedPreviousResult: false },
  },
  Status: { State: 'SUCCEEDED', StateChangeReason: '', AthenaError: { ErrorCategory: 2, Retryable: false } },
};

/** Athena's replies as they are when all goes well, which the fuzz then changes. */
const REPLIES: Readonly<Record<string, object>> = {
  StartQueryExecution: { QueryExecutionId: ID },
  GetQueryExecution: { QueryExecution: EXECUTION },
  BatchGetQueryExecution: { QueryExecutions: [EXECUTION], UnprocessedQueryExecutionIds: [] },
  StopQueryExecution: {},
  GetQueryResults: {
    ResultSet: {
      ResultSetMetadata: { ColumnInfo: [column('matched', 'bigint'), column('source', 'varchar')] },
      Rows: [
        { Data: [{ VarCharValue: 'matched' }, { VarCharValue: 'source' }] },
        { Data: [{ VarCharValue: '1' }, {}] },
      ],
    },
  },
};
const FAULTS = [
  'ThrottlingException',
  'InvalidRequestException',
  'InternalServerException',
  'AccessDeniedException',
  '',
  'x',
];

interface Reply {
  readonly status: number;
  readonly body: string;
}
const reply = (usual: object): fc.Arbitrary<Reply> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: changed({ answer: usual }).map((odd) => written((odd as { answer?: unknown }).answer)),
    },
    { weight: 2, arbitrary: fc.constant({ status: 200, body: JSON.stringify(usual) }) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...FAULTS), fc.constantFrom(400, 403, 429, 500, 503), fc.string())
        .map(([type, status, message]) => ({ status, body: JSON.stringify({ __type: type, message }) })),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((body) => ({ status: 200, body })) },
  );
const written = (value: unknown): Reply => ({ status: 200, body: JSON.stringify(value) ?? '' });
const replies = fc.record(
  Object.fromEntries(Object.entries(REPLIES).map(([name, usual]) => [name, reply(usual)])),
);

/** Each execution that is asked for, as it is once it was stopped. */
function cancelled(request: string): string {
  const { QueryExecutionIds: ids } = JSON.parse(request) as { readonly QueryExecutionIds: readonly string[] };
  const Status = { State: 'CANCELLED' };
  return JSON.stringify({
    QueryExecutions: ids.map((QueryExecutionId) => ({ ...EXECUTION, QueryExecutionId, Status })),
    UnprocessedQueryExecutionIds: [],
  });
}

const STATEMENT: Statement = {
  ...{ text: 'SELECT 1', bound: [], identity: undefined },
  scan: {
    source: { name: 'flows', region: 'us-east-1', fields: [] },
    ...{ tables: [], objects: [], unread: [], notes: [], extent: undefined },
  },
};

it('any replies of Athena end in rows or in a fault that is known', async () => {
  let said: Readonly<Record<string, Reply>> = {};
  let isStopped = false;
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const sent = await text(request);
    isStopped ||= operation === 'StopQueryExecution';
    // What was stopped says so, lest each input waits for the last word of an execution that never ends.
    if (isStopped && operation === 'BatchGetQueryExecution') {
      response.end(cancelled(sent));
      return;
    }
    const { status, body } = said[operation] ?? {
      status: 400,
      body: '{"__type":"UnknownOperationException"}',
    };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new AthenaClient({
    ...{
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'us-east-1',
      maxAttempts: 1,
    },
    credentials: { accessKeyId: 'AKIDOFTHEFUZZ', secretAccessKey: 'secret' },
  });
  onTestFinished(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  let ids = 0;
  const engine = createAthenaEngine({
    ...{ client, context: { workgroup: 'flowlog', database: 'flowlog', catalog: 'AwsDataCatalog' } },
    newId: () => `id-${ids++}`,
    ...{ pace: async () => {}, random: () => 0.5 },
    sleep: (_milliseconds, signal) => setTimeout(1, undefined, { signal }),
  });
  await fuzzed(
    fc.asyncProperty(replies, async (given) => {
      said = given;
      isStopped = false;
      const ended = await engine
        .run(STATEMENT, () => {}, AbortSignal.timeout(50))
        .catch((error: unknown) => error);
      if (ended instanceof Error) expect(ended).toBeInstanceOf(EngineError);
      else expect(ended).toMatchObject({ scannedBytes: expect.any(Number), reused: expect.any(Boolean) });
    }),
  );
});
