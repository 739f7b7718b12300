import { inspect } from 'node:util';
import { AthenaClient } from '@aws-sdk/client-athena';
import { describe, expect, it } from 'vitest';
import type { EngineErrorCode } from '../../../src/core/errors.ts';
import { AwsFault, invalid } from '../../fakes/athena/aws-fault.ts';
import { denied, EXPIRED, type Fault } from '../../fakes/athena/faults.ts';
import { flow, NOON } from '../../support/flow.ts';
import { failureOf, run, shown } from './a-statement.ts';
import { engineOf, openAthena, SECRETS } from './open-athena.ts';

const ONE = [{ records: [flow(NOON)] }];
const WORKGROUP = 'arn:aws:athena:eu-central-1:123456789012:workgroup/flowlog';

describe('the error of a failed Start', () => {
  it.each<[string, Fault, EngineErrorCode, string]>([
    [
      'we may not start anything',
      denied('athena:StartQueryExecution', WORKGROUP),
      'denied',
      `the role lacks athena:StartQueryExecution on ${WORKGROUP}`,
    ],
    ['the credentials are over', EXPIRED, 'expired', 'The security token included in the request is expired'],
    [
      'the credentials are unknown',
      new AwsFault(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
        400,
      ),
      'expired',
      'The security token included in the request is invalid.',
    ],
    [
      'the statement is no SQL',
      invalid("line 1:8: mismatched input 'FROM'. Expecting: <expression>", 'MALFORMED_QUERY'),
      'rejected',
      "line 1:8: mismatched input 'FROM'. Expecting: <expression>",
    ],
    [
      'the reason is unknown',
      new AwsFault('StrangeException', 'Strange things happen'),
      'broken',
      'Strange things happen',
    ],
  ])('has its own code and sentence when %s', async (_, fault, code, message) => {
    const opened = await openAthena(ONE);
    opened.fake.fail('StartQueryExecution', fault);
    const failure = await failureOf(run(opened));
    expect([...shown(failure), failure.billed]).toEqual([code, message, undefined]);
    expect(opened.fake.calls.StartQueryExecution).toBe(1);
  });

  it('names the workgroup that is missing, or that has no place for results', async () => {
    const opened = await openAthena(ONE);
    opened.fake.setWorkgroup('bare', {});
    const inWorkgroup = (workgroup: string) => {
      const context = { workgroup, database: 'flowlog', catalog: 'AwsDataCatalog' };
      return failureOf(run({ ...opened, engine: engineOf(opened.fake, { context }) }));
    };
    expect(shown(await inWorkgroup('gone'))).toEqual([
      'not-set-up',
      'the workgroup gone: WorkGroup is not found.',
    ]);
    expect(shown(await inWorkgroup('bare'))).toEqual([
      'not-set-up',
      expect.stringMatching(/^the workgroup bare has no place for its results: No output location provided/),
    ]);
    expect(opened.fake.executions()).toEqual([]);
  });

  it('names a region in which nothing answers', async () => {
    const client = new AthenaClient({
      endpoint: 'http://athena.eu-cental-1.amazonaws.com.invalid',
      region: 'eu-cental-1',
      credentials: SECRETS,
      maxAttempts: 1,
    });
    const failure = await failureOf(run(await openAthena(ONE, { client })));
    expect(shown(failure)).toEqual(['wrong-region', expect.stringContaining('athena.eu-cental-1')]);
  });

  it('is expired when there are no credentials at all', async () => {
    const client = new AthenaClient({
      region: 'eu-central-1',
      credentials: () => {
        const error = new Error('Could not load credentials from any providers');
        error.name = 'CredentialsProviderError';
        return Promise.reject(error);
      },
    });
    const failure = await failureOf(run(await openAthena(ONE, { client })));
    expect(shown(failure)).toEqual(['expired', 'Could not load credentials from any providers']);
  });
});

it.each<[string, Fault, 'StartQueryExecution' | 'BatchGetQueryExecution' | 'GetQueryResults']>([
  ['is refused', denied('athena:StartQueryExecution', WORKGROUP), 'StartQueryExecution'],
  ['is looked for in vain', EXPIRED, 'BatchGetQueryExecution'],
  ['cannot be read', denied('athena:GetQueryResults', WORKGROUP), 'GetQueryResults'],
  [
    'has a strange key',
    new AwsFault('InvalidAccessKeyId', `The AWS Access Key Id ${SECRETS.accessKeyId} does not exist`),
    'StartQueryExecution',
  ],
])('shows nothing secret when a statement %s', async (_, fault, operation) => {
  const opened = await openAthena(ONE);
  opened.fake.fail(operation, fault);
  const failure = await failureOf(run(opened));
  const everything = inspect(failure, { depth: Number.POSITIVE_INFINITY, showHidden: true });
  for (const secret of Object.values(SECRETS)) expect(everything).not.toContain(secret);
  expect(everything).not.toMatch(/authorization|x-amz-security-token/i);
});
