import { expect, it } from 'vitest';
import { type QuestionEnd, watchRequests } from '../../../src/app/observe/watch-requests.ts';
import type { Ask } from '../../../src/core/answer/ask.ts';
import { Interrupted, TakenOver } from '../../../src/core/answer/turns.ts';
import { EngineError, StoreError, UserError } from '../../../src/core/errors.ts';
import type { Act } from '../../../src/core/operation/act.ts';
import { createAnswerRequests, type UserRequest } from '../../../src/core/operation/answer-requests.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { createScript, type Script } from '../../slack/script.ts';
import { ENTRIES } from '../../support/given-sample.ts';

const ASKED = new Date('2026-11-22T11:00:00Z');
const ENDED = new Date('2026-11-22T11:00:07Z');
const WHERE = { person: 'U1', place: '{}', channel: 'C1', thread: 'C1/1', askedAt: ASKED };
const never = () => new AbortController().signal;
const shown = async () => {};

interface GivenWatch {
  readonly ask?: Ask;
  readonly refuses?: Error;
  /** The database has a fault when something begins. */
  readonly lost?: Error;
  /** Another process takes up what is in flight. */
  readonly isTakenUp?: boolean;
}

/** Requests over a store in memory and a script, and how each ended. */
async function givenWatched({ ask, refuses, lost, isTakenUp = false }: GivenWatch = {}) {
  const { store } = await openStores({ path: ':memory:' });
  const script: Script = createScript();
  const act: Act = {
    perform: async () => ({ headline: 'done', sections: [], next: [] }),
    refuse: () => {
      if (refuses !== undefined) throw refuses;
    },
  };
  const begin: typeof store.begin = lost ? () => Promise.reject(lost) : store.begin;
  const asking = createAnswerRequests({
    ask: ask ?? script.ask,
    understand,
    resolveNames: async (question) => question,
    act,
    store: { ...store, begin, ...(isTakenUp && { holds: async () => false }) },
    now: () => ENDED,
    timeoutMs: 60_000,
  });
  const ends: QuestionEnd[] = [];
  const takenOver: number[] = [];
  const watched = watchRequests(asking, {
    engine: 'duckdb',
    now: () => ENDED,
    ended: (end) => void ends.push(end),
    tookOver: (count) => void takenOver.push(count),
  });
  return { ...watched, ends, script, store, takenOver };
}

function understand(line: string, zone: string) {
  return readRequest(line, { catalog: ENTRIES, now: ASKED, zone, longestWindowSeconds: 86_400 });
}

/** A request as a door makes it. */
function requestOf(id: string, line = 'to 10.0.1.5 last 1h'): UserRequest {
  const question = understand(line, 'UTC');
  if ('help' in question) throw new RangeError(`${line} asks for help`);
  return { ...WHERE, id, question };
}

it('the end of an answered question has its id, query, window, cost and time, and not its line', async () => {
  const { requests, ends, inFlight } = await givenWatched();
  const request = requestOf('q1');
  await requests.begin(request);
  expect(inFlight()).toBe(1);
  await requests.answer(request, { signal: never() }, shown);
  expect(inFlight()).toBe(0);
  expect(ends).toEqual([
    {
      id: 'q1',
      person: 'U1',
      channel: 'C1',
      query: 'to',
      window: { from: new Date('2026-11-22T10:00:00Z'), to: ASKED },
      outcome: 'answered',
      rows: 2,
      scannedBytes: expect.any(Number),
      dollars: expect.any(Number),
      elapsedMs: 7_000,
      engine: 'duckdb',
      runId: expect.any(String),
      coverage: expect.objectContaining({ sourceName: 'the script' }),
    },
  ]);
  expect(JSON.stringify(ends)).not.toContain('10.0.1.5');
});

it.each([
  [new UserError('`x` is missing.'), 'mistaken', 0],
  [new EngineError('cancelled', 'stopped'), 'cancelled', 0],
  [
    new EngineError('over-limit', 'cut', { billed: { scannedBytes: 9, runId: 'r', dollars: 0.5 } }),
    'over-limit',
    0.5,
  ],
  [new TypeError('unforeseen'), 'crashed', 0],
])('a question that fails with %s ends once, with its outcome and cost', async (error, outcome, dollars) => {
  const { requests, ends } = await givenWatched({ ask: () => Promise.reject(error) });
  const request = requestOf('q1');
  await requests.begin(request);
  await requests.answer(request, { signal: never() }, shown);
  expect(ends).toMatchObject([{ id: 'q1', outcome, dollars, coverage: undefined }]);
});

it('a command ends with the name of its operation and without an engine', async () => {
  const { requests, ends } = await givenWatched();
  const request = requestOf('c1', 'sources');
  await requests.begin(request);
  await requests.answer(request, { signal: never() }, shown);
  expect(ends).toMatchObject([{ query: 'sources', outcome: 'answered', engine: '', window: undefined }]);
});

it('a question beyond what a person may have in flight ends as refused, and the others go on', async () => {
  const { requests, ends, inFlight } = await givenWatched();
  await requests.begin(requestOf('q1'), 1);
  await expect(requests.begin(requestOf('q2'), 1)).rejects.toThrow(UserError);
  expect(ends).toMatchObject([{ id: 'q2', outcome: 'refused' }]);
  expect(inFlight()).toBe(1);
});

it('a command that a person may not give ends as refused', async () => {
  const { requests, ends } = await givenWatched({ refuses: new UserError('You may not.') });
  await expect(requests.begin(requestOf('c1', 'confirm op-7k2m9q4d'))).rejects.toThrow(UserError);
  expect(ends).toMatchObject([{ id: 'c1', query: 'confirm', outcome: 'refused' }]);
});

it('a question that cannot be written down ends as crashed', async () => {
  const lost = new StoreError('full', 'The disk is full.', 'Make room.');
  const { requests, ends } = await givenWatched({ lost });
  await expect(requests.begin(requestOf('q1'))).rejects.toThrow(StoreError);
  expect(ends).toMatchObject([{ id: 'q1', outcome: 'crashed' }]);
});

it('a second delivery of a question is no end and no question', async () => {
  const { requests, ends, inFlight } = await givenWatched();
  await requests.begin(requestOf('q1'));
  expect(await requests.begin(requestOf('q1'))).toBe(false);
  expect(ends).toEqual([]);
  expect(inFlight()).toBe(1);
});

it('an answer that is not shown ends as crashed by a fault, as paused by the stop, and as taken over by another process', async () => {
  const { requests, ends } = await givenWatched();
  for (const [id, error] of [
    ['q1', new Error('no network')],
    ['q2', new Interrupted()],
    ['q3', new TakenOver()],
  ] as const) {
    const request = requestOf(id);
    await requests.begin(request);
    const answered = requests.answer(request, { signal: never() }, () => Promise.reject(error));
    await expect(answered).rejects.toThrow(error);
  }
  expect(ends).toMatchObject([
    { id: 'q1', outcome: 'crashed', rows: 2 },
    { id: 'q2', outcome: 'paused', rows: 2 },
    { id: 'q3', outcome: 'taken-over', rows: 2 },
  ]);
});

it('a question that the stop interrupts ends as paused, also one that was not asked yet', async () => {
  const { requests, ends, script, stop } = await givenWatched();
  script.next({ until: new Promise(() => {}) });
  const running = requestOf('q1');
  await requests.begin(running);
  await requests.begin(requestOf('q2'));
  const stopping = new AbortController();
  const answered = requests.answer(running, { signal: stopping.signal }, shown);
  stopping.abort(new Interrupted());
  await answered;
  stop();
  stop();
  expect(ends.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['q1', 'paused'],
    ['q2', 'paused'],
  ]);
});

it('a question that another process took up in the middle ends as taken over, and is not shown', async () => {
  const { requests, ends } = await givenWatched({ isTakenUp: true });
  const request = requestOf('q1');
  await requests.begin(request);
  const deliver = () => Promise.reject(new Error('shown twice'));
  let left = 0;
  const onTakenOver = () => {
    left += 1;
  };
  await requests.answer(request, { signal: never(), onTakenOver }, deliver);
  expect(left).toBe(1);
  expect(ends).toMatchObject([{ id: 'q1', outcome: 'taken-over' }]);
});

it('a question that is given up ends as crashed, also one of an earlier process', async () => {
  const { requests, ends, store } = await givenWatched();
  await requests.begin(requestOf('q1'));
  const { person, place, channel, thread } = WHERE;
  const line = 'rejected since 2026-11-22T10:00Z until 2026-11-22T11:00Z';
  await store.begin({ id: 'old', line, zone: 'UTC', person, place, channel, thread, askedAt: ASKED });
  await requests.abandon('q1');
  await requests.abandon('old');
  await requests.abandon('unknown');
  expect(ends).toMatchObject([
    { id: 'q1', query: 'to', outcome: 'crashed' },
    { id: 'old', query: 'rejected', outcome: 'crashed', window: undefined },
  ]);
  expect(ends[1]).not.toHaveProperty('line');
});

it('questions of another process are counted as taken over, and those of this one are not', async () => {
  const { requests, takenOver, store } = await givenWatched();
  await requests.begin(requestOf('q1'));
  await requests.unfinished('left behind');
  expect(takenOver).toEqual([]);
  const elsewhere = {
    ...store,
    takeUp: async () => [{ ...WHERE, id: 'q9', line: 'to 10.0.1.5', zone: 'UTC' }],
  };
  const other = watchRequests(
    createAnswerRequests({
      ask: createScript().ask,
      understand,
      resolveNames: async (question) => question,
      act: createScript().act,
      store: elsewhere,
      now: () => ENDED,
      timeoutMs: 60_000,
    }),
    { engine: 'duckdb', now: () => ENDED, ended() {}, tookOver: (count) => void takenOver.push(count) },
  );
  await other.requests.unfinished();
  await other.requests.unfinished('left behind');
  expect(takenOver).toEqual([1]);
});
