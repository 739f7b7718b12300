import { expect, it, onTestFinished, vi } from 'vitest';
import { createReadiness, type ReadinessParts } from '../../../src/app/observe/readiness.ts';
import { StoreError } from '../../../src/core/errors.ts';

const JOINED = { isConnected: true, sockets: 2 };

function readinessWith(change: Partial<ReadinessParts> = {}) {
  return createReadiness({
    link: () => JOINED,
    askStore: async () => {},
    isStopping: () => false,
    now: () => new Date(0),
    ...change,
  });
}

const failing = (error: Error) => ({ askStore: () => Promise.reject(error) });

it.each<readonly [string, Partial<ReadinessParts>, string | undefined]>([
  ['nothing is missing', {}, undefined],
  ['the app listens over HTTP', { link: () => ({ isConnected: true, sockets: undefined }) }, undefined],
  [
    'Slack was not joined yet',
    { link: () => undefined },
    'flowlog is starting: it has not joined Slack yet.',
  ],
  [
    'no socket is open',
    { link: () => ({ isConnected: false, sockets: 0 }) },
    'Slack is not connected: no socket is open; flowlog keeps trying.',
  ],
  ['the app stops', { isStopping: () => true }, 'flowlog is stopping.'],
  [
    'the store says why it fails',
    failing(new StoreError('full', 'The disk is full.', '')),
    'The disk is full.',
  ],
  [
    'the store fails without saying why',
    failing(new TypeError('10.0.1.5')),
    'The store failed in an unexpected way: see the log.',
  ],
])('readiness says what is missing in a sentence, or nothing, when %s', async (_, change, missing) => {
  expect(await readinessWith(change)()).toBe(missing);
});

it('a store that does not answer is said after two seconds', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const missing = readinessWith({ askStore: () => new Promise(() => {}) })();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await missing).toBe('The store does not answer within 2 seconds.');
});

it('many probes ask the store once a second', async () => {
  let calls = 0;
  let nowMs = 0;
  const readiness = readinessWith({
    async askStore() {
      calls += 1;
    },
    now: () => new Date(nowMs),
  });
  await Promise.all(Array.from({ length: 50 }, () => readiness()));
  expect(calls).toBe(1);
  nowMs = 1_001;
  await readiness();
  expect(calls).toBe(2);
});
