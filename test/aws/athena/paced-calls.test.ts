import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type AthenaPace, createAthenaPace, type LimitedCall } from '../../../src/aws/athena/athena-calls.ts';
import { AWS_LIMITS } from '../../../src/core/flow-log/aws-limits.ts';
import { SERVER_FAULT } from '../../fakes/athena/faults.ts';
import { flow, NOON } from '../../support/flow.ts';
import { aStatement, failureOf, run } from './a-statement.ts';
import { busiestSecond } from './busiest-second.ts';
import { openAthena } from './open-athena.ts';

const ONE = [{ records: [flow(NOON)] }];

/** The pace of the app on a clock that moves only while a call waits for it, and when it let each call through. */
function watchedPace() {
  let clockMs = 0;
  const through: (readonly [call: LimitedCall, atMs: number])[] = [];
  const kept = createAthenaPace({
    elapsedMs: () => clockMs,
    sleep: async (ms) => {
      // Those who were let through hear of it before the clock moves.
      await setImmediate();
      clockMs += ms;
    },
  });
  const pace: AthenaPace = async (call, signal) => {
    await kept(call, signal);
    through.push([call, clockMs]);
  };
  const timesMs = (wanted: LimitedCall) =>
    through.filter(([call]) => call === wanted).map(([, atMs]) => atMs);
  return { pace, timesMs };
}

it("sixty questions at once are started without exceeding Athena's calls per second", async () => {
  const { pace, timesMs } = watchedPace();
  const opened = await openAthena(ONE, { pace });
  const runs = await Promise.all(Array.from({ length: 60 }, () => run(opened)));
  expect(runs.map(({ rows }) => rows)).toEqual(runs.map(() => [['1']]));
  expect(busiestSecond(timesMs('StartQueryExecution'))).toBe(20);
  for (const [call, amount] of Object.entries(AWS_LIMITS.athenaCallsPerSecond)) {
    const timesOfCall = timesMs(call as LimitedCall);
    expect(timesOfCall).toHaveLength(opened.fake.calls[call as LimitedCall]);
    expect(busiestSecond(timesOfCall)).toBeLessThanOrEqual(amount);
  }
});

it('retries and Stop calls count against the rate', async () => {
  const { pace, timesMs } = watchedPace();
  const opened = await openAthena(ONE, { pace });
  opened.fake.fail('StartQueryExecution', SERVER_FAULT, 2);
  opened.fake.plan({ endless: { scannedBytes: 1 } });
  const stop = new AbortController();
  const stopped = failureOf(opened.engine.run(aStatement(opened), () => {}, stop.signal));
  await expect.poll(() => opened.fake.executions()).toHaveLength(1);
  stop.abort();
  expect((await stopped).code).toBe('cancelled');
  expect(timesMs('StartQueryExecution')).toHaveLength(3);
  expect(timesMs('StopQueryExecution')).toHaveLength(1);
});

it('a question that is stopped while it waits for its start ends at once, and nothing is started', async () => {
  const endless: AthenaPace = (_, signal) =>
    new Promise((_go, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  const opened = await openAthena(ONE, { pace: endless });
  const stop = new AbortController();
  const stopped = failureOf(opened.engine.run(aStatement(opened), () => {}, stop.signal));
  stop.abort(new DOMException('late', 'TimeoutError'));
  const { code, billed } = await stopped;
  expect([code, billed]).toEqual(['timed-out', undefined]);
  expect(opened.fake.calls.StartQueryExecution).toBe(0);
});
