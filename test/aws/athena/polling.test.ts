import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createPoller } from '../../../src/aws/athena/poller.ts';
import { createWatcher } from '../../../src/aws/athena/watcher.ts';
import { denied, EXPIRED, SERVER_FAULT, THROTTLED } from '../../fakes/athena/faults.ts';
import { flow, NOON } from '../../support/flow.ts';
import { failureOf, run } from './a-statement.ts';
import { openAthena } from './open-athena.ts';

const ONE = [{ records: [flow(NOON)] }];

describe('waiting for executions', () => {
  it('asks for all of sixty at once with few calls', async () => {
    const opened = await openAthena(ONE, {
      sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
    });
    const runs = await Promise.all(Array.from({ length: 60 }, () => run(opened)));
    expect(runs.map(({ rows }) => rows)).toEqual(runs.map(() => [['1']]));
    expect(opened.fake.executions()).toHaveLength(60);
    expect(opened.fake.calls.BatchGetQueryExecution).toBeLessThan(60);
  });

  it('backs off up to two seconds between polls', async () => {
    const pauses: number[] = [];
    const opened = await openAthena(ONE, { sleep: async (ms) => void pauses.push(ms), random: () => 1 });
    opened.fake.plan({ reported: Array.from({ length: 15 }, () => 'RUNNING') });
    await run(opened);
    expect(pauses.slice(0, 3)).toEqual([250, 312.5, 390.625]);
    expect(pauses.slice(-3)).toEqual([2_000, 2_000, 2_000]);
  });

  it('reports when an execution is queued and when it begins, also when it goes back', async () => {
    const reported: string[] = [];
    const opened = await openAthena(ONE, {
      onState: (state, id, { text }) => reported.push(`${state} ${id} ${text}`),
    });
    opened.fake.plan({ reported: ['QUEUED', 'QUEUED', 'RUNNING', 'QUEUED', 'RUNNING'] });
    const { id } = await run(opened, { text: 'SELECT 1 AS a FROM flow_records' });
    const states = ['QUEUED', 'RUNNING', 'QUEUED', 'RUNNING'];
    expect(reported).toEqual(states.map((state) => `${state} ${id} SELECT 1 AS a FROM flow_records`));
  });

  it('waits through states that it does not know', async () => {
    const opened = await openAthena(ONE);
    opened.fake.plan({ reported: ['CREATING', '', 'DREAMING'] });
    expect((await run(opened)).rows).toEqual([['1']]);
  });
});

describe('a poll that fails', () => {
  it.each([
    ['calls are throttled', THROTTLED, 60],
    ['Athena has a fault', SERVER_FAULT, 8],
    ['the connection breaks', 'reset', 8],
    ['Athena leaves out its state', 'unprocessed', 8],
    ['the answer is lost', 'answer lost', 3],
    ['the answer is slow', { slowMs: 50 }, 2],
    ['no answer comes', 'hang', 1],
  ] as const)('does not fail a running question when %s', async (_, fault, times) => {
    const opened = await openAthena(ONE, { sleep: async () => {} });
    opened.fake.plan({ reported: Array.from({ length: 3 }, () => 'RUNNING') });
    opened.fake.fail('BatchGetQueryExecution', fault, times);
    expect((await run(opened)).rows).toEqual([['1']]);
    expect(opened.fake.calls.BatchGetQueryExecution).toBeGreaterThan(times);
    expect(opened.fake.calls.StopQueryExecution).toBe(0);
  });

  it('is followed by longer pauses', async () => {
    const pauses: number[] = [];
    const opened = await openAthena(ONE, { sleep: async (ms) => void pauses.push(ms), random: () => 1 });
    opened.fake.fail('BatchGetQueryExecution', THROTTLED, 7);
    await run(opened);
    expect(pauses.slice(0, 8)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('ends the question after a minute in which nothing but faults came, and stops the execution', async () => {
    const opened = await openAthena(ONE, { sleep: async () => {} });
    opened.fake.plan({ endless: { scannedBytes: 5_000_000 } });
    opened.fake.fail('BatchGetQueryExecution', SERVER_FAULT, 12);
    const failure = await failureOf(run(opened));
    expect(failure).toMatchObject({ code: 'broken', billed: { scannedBytes: 5_000_000 } });
    expect(opened.fake.executions()).toMatchObject([{ state: 'CANCELLED' }]);
  });

  it.each([
    ['the credentials are over', EXPIRED, 'expired'],
    [
      'we may not ask',
      denied('athena:BatchGetQueryExecution', 'arn:aws:athena:eu-central-1:1:workgroup/flowlog'),
      'denied',
    ],
  ] as const)('ends the question at once when %s', async (_, fault, code) => {
    const opened = await openAthena(ONE);
    opened.fake.plan({ endless: { scannedBytes: 1 } });
    opened.fake.fail('BatchGetQueryExecution', fault);
    expect((await failureOf(run(opened))).code).toBe(code);
    expect(opened.fake.calls.StopQueryExecution).toBe(1);
  });
});

it('polling continues for a minute while a name cannot be resolved that could before', () => {
  const failures: unknown[] = [];
  const watcher = createWatcher('x-1', {
    ended: () => {},
    pending: () => {},
    failed: (error) => failures.push(error),
  });
  const missing = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  for (let silentMs = 0; silentMs < 60_000; silentMs += 10_000) watcher.miss(missing, 10_000);
  expect(failures).toEqual([]);
  watcher.miss(missing, 10_000);
  expect(failures).toEqual([missing]);
});

describe('an answer that cannot be read', () => {
  it.each([
    ['a list that is none', { QueryExecutions: 5 }],
    ['an execution that is none', { QueryExecutions: [null] }],
    ['nothing at all', undefined],
  ])('with %s ends the question, and not the process', async (_what, answer) => {
    const poller = createPoller({
      client: { send: async () => answer },
      ...{ pace: async () => {}, sleep: async () => {}, random: () => 0 },
    });
    await expect(poller.final('id', new AbortController().signal)).rejects.toThrow(TypeError);
  });
});
