import { describe, expect, it } from 'vitest';
import { Interrupted } from '../../../src/core/answer/turns.ts';
import { denied, SERVER_FAULT } from '../../fakes/athena/faults.ts';
import { collected } from '../../support/collected.ts';
import { flow, NOON } from '../../support/flow.ts';
import { aStatement, failureOf, run } from './a-statement.ts';
import { engineOf, type OpenAthena, openAthena } from './open-athena.ts';

const ONE = [{ records: [flow(NOON)] }];
const ENDLESS = { endless: { scannedBytes: 123_456_789 } };

/** Runs a statement until it is stopped for a reason, while it runs. */
async function stopRunning(opened: OpenAthena, reason?: unknown) {
  const stop = new AbortController();
  const failure = failureOf(collected(opened.engine, aStatement(opened, { identity: 'q1' }), stop.signal));
  setTimeout(() => stop.abort(reason), 100);
  return failure;
}

describe('a question that is stopped', () => {
  it('stops its execution, and reports what it is charged for', async () => {
    const opened = await openAthena(ONE);
    opened.fake.plan(ENDLESS);
    const failure = await stopRunning(opened);
    const [execution] = opened.fake.executions();
    expect(failure).toMatchObject({
      code: 'cancelled',
      billed: { scannedBytes: 123_456_789, runId: execution?.id },
    });
    expect(execution?.state).toBe('CANCELLED');
    expect(opened.fake.billedBytes()).toBe(123_456_789);
  });

  it('is charged also when a deadline stopped it', async () => {
    const opened = await openAthena(ONE);
    opened.fake.plan(ENDLESS);
    const failure = await stopRunning(opened, new DOMException('late', 'TimeoutError'));
    expect(failure).toMatchObject({ code: 'timed-out', billed: { scannedBytes: 123_456_789 } });
  });

  it('stops an execution that is only just being started', async () => {
    const opened = await openAthena(ONE);
    opened.fake.plan(ENDLESS);
    opened.fake.fail('StartQueryExecution', { slowMs: 400 });
    expect(await stopRunning(opened)).toMatchObject({
      code: 'cancelled',
      billed: { scannedBytes: 123_456_789 },
    });
    expect(opened.fake.executions()).toMatchObject([{ state: 'CANCELLED' }]);
  });

  it('starts nothing when it was stopped before', async () => {
    const opened = await openAthena(ONE);
    const failure = await failureOf(collected(opened.engine, aStatement(opened), AbortSignal.abort()));
    expect([failure.code, failure.billed]).toEqual(['cancelled', undefined]);
    expect(opened.fake.calls.StartQueryExecution).toBe(0);
  });

  it('repeats a Stop that fails', async () => {
    const opened = await openAthena(ONE);
    opened.fake.plan(ENDLESS);
    opened.fake.fail('StopQueryExecution', SERVER_FAULT, 3);
    expect((await stopRunning(opened)).billed).toMatchObject({ scannedBytes: 123_456_789 });
  });

  it('says that the execution goes on when it may not be stopped', async () => {
    const opened = await openAthena(ONE);
    opened.fake.plan(ENDLESS);
    opened.fake.fail(
      'StopQueryExecution',
      denied('athena:StopQueryExecution', 'arn:aws:athena:x:1:workgroup/w'),
    );
    expect(await stopRunning(opened)).toMatchObject({ code: 'cancelled', billed: { goesOn: true } });
    expect(opened.fake.executions()).toMatchObject([{ state: 'RUNNING' }]);
  });

  it('leaves other questions alone', async () => {
    const opened = await openAthena(ONE);
    opened.fake.plan(ENDLESS, { reported: Array.from({ length: 40 }, () => 'RUNNING') });
    const [failure, other] = await Promise.all([stopRunning(opened), run(opened)]);
    expect([failure.code, other.rows]).toEqual(['cancelled', [['1']]]);
  });
});

describe('an app that stops', () => {
  it('leaves its executions running, and finds them again after the restart', async () => {
    const opened = await openAthena(ONE);
    opened.fake.plan({ reported: Array.from({ length: 40 }, () => 'RUNNING') });
    const failure = await stopRunning(opened, new Interrupted('the app stops'));
    expect([failure.code, failure.billed]).toEqual(['cancelled', undefined]);
    expect(opened.fake.calls.StopQueryExecution).toBe(0);
    const after = await run({ ...opened, engine: engineOf(opened.fake) }, { identity: 'q1' });
    expect(opened.fake.executions()).toMatchObject([{ id: after.id, state: 'SUCCEEDED' }]);
    expect(opened.fake.billedBytes()).toBe(after.scannedBytes);
  });
});
