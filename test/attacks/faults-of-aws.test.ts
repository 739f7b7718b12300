import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { ATTEMPT_MS } from '../../src/aws/athena/athena-calls.ts';
import { createAwsClients } from '../../src/aws/clients.ts';
import type { EngineError } from '../../src/core/errors.ts';
import { failureWords } from '../../src/render/failure.ts';
import { aStatement, failureOf, run } from '../aws/athena/a-statement.ts';
import { engineOf, type OpenAthena, openAthena, SECRETS } from '../aws/athena/open-athena.ts';
import { AwsFault } from '../fakes/athena/aws-fault.ts';
import type { FakeAthena } from '../fakes/athena/fake-athena.ts';
import {
  denied,
  EXPIRED,
  type Fault,
  type Operation,
  SERVER_FAULT,
  THROTTLED,
} from '../fakes/athena/faults.ts';
import { collected } from '../support/collected.ts';
import { flow, NOON } from '../support/flow.ts';

const ALWAYS = 1_000;
const CALLS = ['StartQueryExecution', 'BatchGetQueryExecution', 'GetQueryResults'] as const;
/** An attempt that no answer comes to ends soon, so that the test does. */
const SOON_MS = 4_000;

/** The engine with the client of the app, and how often it asked for credentials. */
async function openThroughApp(attemptMs = SOON_MS) {
  const opened = await openAthena([{ records: [flow(NOON)] }]);
  const credentials = vi.fn(async () => SECRETS);
  const { endpoint } = opened.fake;
  const clients = createAwsClients({ region: 'eu-central-1', credentials, endpoint });
  const engine = engineOf(opened.fake, { client: await clients.athena(), attemptMs });
  return { ...opened, engine, credentials };
}

/** What a person reads. */
function words(failure: EngineError): string {
  const { problem, next } = failureWords(failure, 'ref-1');
  return `${problem} ${next}`;
}

function expectOneExecution({ fake }: OpenAthena, billedBytes = fake.billedBytes()): void {
  expect(fake.executions()).toHaveLength(1);
  expect(fake.billedBytes()).toBe(billedBytes);
}

describe.each(CALLS)('%s', (call) => {
  it.each<[string, Fault, number]>([
    ['throttling', THROTTLED, 1],
    ['HTTP 500', SERVER_FAULT, 3],
    ['a connection that breaks', 'reset', 2],
    ['a connection that breaks after it was done', 'answer lost', 2],
    ['half of an answer', 'stall', 1],
    ['an answer that is slow', { slowMs: 400 }, 2],
    ['credentials that ended early', EXPIRED, 1],
  ])('with %s: the rows come, and one execution is billed', async (_, fault, times) => {
    const opened = await openThroughApp();
    opened.fake.fail(call, fault, times);
    const { rows, scannedBytes } = await run(opened, { identity: 'q1' });
    expect(rows).toEqual([['1']]);
    expectOneExecution(opened, scannedBytes);
  });
});

describe('credentials that are over in mid-question', () => {
  it.each<[string, Operation, boolean, RegExp]>([
    [
      'before the start',
      'StartQueryExecution',
      false,
      /^[^.]+\(The security token included in the request is expired\)\. Refresh/,
    ],
    [
      'while it runs',
      'BatchGetQueryExecution',
      true,
      /It could not be stopped: Athena goes on with .+, and bills all that it reads\. Refresh/,
    ],
    ['before its rows', 'GetQueryResults', true, /Athena bills the .+ that were read until then\. Refresh/],
  ])('%s are asked for once more, and then said with what is billed', async (_, call, isStarted, said) => {
    const opened = await openThroughApp();
    opened.fake.fail(call, EXPIRED, ALWAYS);
    opened.fake.fail('StopQueryExecution', EXPIRED, ALWAYS);
    const sentence = words(await failureOf(run(opened)));
    expect(sentence).toMatch(/^The credentials of the app are not valid any more/);
    expect(sentence).toMatch(said);
    expect(opened.fake.executions()).toHaveLength(isStarted ? 1 : 0);
    expect(opened.fake.calls[call]).toBe(2);
    expect(opened.credentials.mock.calls.length).toBeLessThanOrEqual(
      call === 'BatchGetQueryExecution' ? 3 : 2,
    );
  });
});

/** Runs until a deadline. */
function runUntil(opened: OpenAthena, deadlineMs: number): Promise<EngineError> {
  const stop = new AbortController();
  const failure = failureOf(collected(opened.engine, aStatement(opened, { identity: 'q1' }), stop.signal));
  setTimeout(() => stop.abort(new DOMException('late', 'TimeoutError')), deadlineMs);
  return failure;
}

describe('a page of results', () => {
  it('that takes longer than any other call comes', async () => {
    const opened = await openThroughApp(ATTEMPT_MS);
    opened.fake.fail('GetQueryResults', { slowMs: 12_000 });
    expect((await run(opened)).rows).toEqual([['1']]);
    expect(opened.fake.calls.GetQueryResults).toBe(1);
  }, 30_000);

  it.each<Fault>(['stall', 'hang'])(
    'that never comes (%s) ends with the deadline, and with what was read',
    async (fault) => {
      const opened = await openThroughApp(ATTEMPT_MS);
      opened.fake.fail('GetQueryResults', fault, ALWAYS);
      expect(words(await runUntil(opened, 1_500))).toMatch(
        /^The question took too long and was stopped\. Athena bills the .+ that were read until then\. Ask for a shorter window/,
      );
      expectOneExecution(opened);
    },
  );
});

describe('an execution', () => {
  it.each<[string, (fake: FakeAthena) => void]>([
    [
      'goes back to the queue while it runs',
      ({ plan }) => plan({ reported: ['QUEUED', 'RUNNING', 'QUEUED', 'RUNNING', 'QUEUED'] }),
    ],
    ['is not known everywhere yet', ({ fail }) => fail('BatchGetQueryExecution', 'unprocessed', 4)],
  ])('that %s is waited for, and billed once', async (_, arm) => {
    const opened = await openThroughApp();
    arm(opened.fake);
    const { rows, scannedBytes } = await run(opened);
    expect(rows).toEqual([['1']]);
    expectOneExecution(opened, scannedBytes);
  });

  it('that answers no question about it ends with the deadline: it is stopped, and its bytes are said', async () => {
    const opened = await openThroughApp();
    opened.fake.plan({ endless: { scannedBytes: 123_456_789 } });
    expect(words(await runUntil(opened, 800))).toMatch(/^The question took too long.+ Athena bills the 123/);
    expect(opened.fake.executions()).toMatchObject([{ state: 'CANCELLED' }]);
  });

  it('that read more than the workgroup allows is said with what that costs', async () => {
    const opened = await openThroughApp();
    opened.fake.setWorkgroup('flowlog', { outputLocation: 's3://results/', cutoffBytes: 1 });
    expect(words(await failureOf(run(opened)))).toMatch(
      /^The question read more than the workgroup allows one query, and was stopped \(Bytes scanned limit was exceeded\)\. Athena bills the .+ Ask for a shorter window/,
    );
    expectOneExecution(opened);
  });

  it.each<[string, Fault, RegExp]>([
    [
      'was deleted',
      new AwsFault('InvalidRequestException', 'Could not find results'),
      /^Athena has the answer, but its result is not in S3 any more \(Could not find results\)\. Athena bills the .+ Ask again\. If it stays/,
    ],
    [
      'may not be read',
      new AwsFault(
        'InvalidRequestException',
        'You do not seem to have access to the S3 location of your query results. Please confirm your account has access to the S3 location where your query results are saved and try again.',
      ),
      /^The engine was denied access \(the role lacks s3:GetObject on the results of the workgroup\)\. Athena bills the .+ Give the role/,
    ],
    [
      'is denied by a policy',
      denied('s3:GetObject', 'arn:aws:s3:::results/flowlog/x.csv'),
      /the role lacks s3:GetObject on arn:aws:s3:::results\/flowlog\/x\.csv\)\. Athena bills/,
    ],
  ])('whose result %s is said with what it cost', async (_, fault, said) => {
    const opened = await openThroughApp();
    opened.fake.fail('GetQueryResults', fault, ALWAYS);
    expect(words(await failureOf(run(opened)))).toMatch(said);
    expectOneExecution(opened);
  });
});

it.each([6, -6])('an Athena whose clock is %s minutes ahead is asked with its own time', async (minutes) => {
  const opened = await openThroughApp();
  opened.fake.clock.aheadMs = minutes * 60_000;
  const { rows, scannedBytes } = await run(opened);
  expect(rows).toEqual([['1']]);
  expectOneExecution(opened, scannedBytes);
});

it('a look for executions that never ends does not keep later questions from being answered', async () => {
  const opened = await openThroughApp();
  opened.fake.plan({ reported: ['RUNNING', 'RUNNING'] });
  opened.fake.fail('BatchGetQueryExecution', 'stall');
  const first = run(opened, { identity: 'q1' });
  await sleep(100);
  const answers = await Promise.all([first, run(opened, { identity: 'q2' })]);
  expect(answers.map(({ rows }) => rows)).toEqual([[['1']], [['1']]]);
});
