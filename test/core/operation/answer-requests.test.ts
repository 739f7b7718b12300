import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Ask } from '../../../src/core/answer/ask.ts';
import type { Store } from '../../../src/core/answer/store.ts';
import { Interrupted } from '../../../src/core/answer/turns.ts';
import { EngineError, StoreError, UserError } from '../../../src/core/errors.ts';
import type { Act } from '../../../src/core/operation/act.ts';
import { createAnswerRequests, type RequestResult } from '../../../src/core/operation/answer-requests.ts';
import type { ResolveNames } from '../../../src/core/operation/resolve-names.ts';
import type { Question } from '../../../src/core/query/question.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { NOW, storyLake } from '../../support/ask-fixture.ts';
import { commandOf, givenSample } from '../../support/given-sample.ts';
import { emptyFolder } from '../../support/open-lake.ts';

/** A minute before it is written down how a question ended. */
const ASKED = new Date(NOW.getTime() - 60_000);
const WHERE = { id: 'q1', person: 'U1', place: '{}', channel: 'C1', thread: 'C1/1' };

/** A question on record, over the story and a store of its own. */
async function recorded(
  change: {
    readonly ask?: Ask;
    readonly resolveNames?: ResolveNames;
    readonly timeoutMs?: number;
    readonly around?: (store: Store) => Store;
  } = {},
) {
  const lake = await storyLake();
  const { folder, remove } = await emptyFolder();
  const path = join(folder, 'flowlog.db');
  const { store: opened, close } = await openStores({ path });
  const store = change.around?.(opened) ?? opened;
  onTestFinished(async () => {
    await close();
    await remove();
  });
  const question = lake.question('rejected last 1h', 'Asia/Tokyo');
  const ask: Ask = change.ask ?? (({ line }, options) => lake.ask(line, options));
  const asking = createAnswerRequests({
    ask,
    resolveNames: change.resolveNames ?? noNames,
    act: noAct,
    store,
    now: () => NOW,
    understand: (line, zone) => lake.question(line, zone),
    timeoutMs: change.timeoutMs ?? 120_000,
  });
  const request = { ...WHERE, askedAt: ASKED, question };
  return { path, store, asking, request, signal: new AbortController().signal };
}

const noNames: ResolveNames = async (question) => question;

const noLines = () => {
  throw new Error('this test reads no lines');
};

const noAct: Act = {
  perform: () => Promise.reject(new Error('this test has no operations')),
  refuse: () => {},
};

/** An engine that runs until it is stopped. */
const endless: Ask = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new EngineError('cancelled', 'stopped')));
  });

it('a question is recorded before it runs, with absolute times', async () => {
  const { store, asking, request } = await recorded();
  expect(await asking.begin(request)).toBe(true);
  expect(await asking.unfinished()).toEqual([
    {
      id: 'q1',
      person: 'U1',
      place: '{}',
      channel: 'C1',
      thread: 'C1/1',
      zone: 'Asia/Tokyo',
      line: 'rejected since 2026-11-22T10:00Z until 2026-11-22T11:00Z',
      askedAt: ASKED,
    },
  ]);
  expect(await store.recent(5)).toEqual([]);
});

it('a request that Slack sends again is refused', async () => {
  const { asking, request, signal } = await recorded();
  expect(await asking.begin(request)).toBe(true);
  expect(await asking.begin(request)).toBe(false);
  await asking.answer(request, { signal }, async () => {});
  expect(await asking.begin(request)).toBe(false);
});

it('the outcome and cost of an answer are recorded once it was delivered', async () => {
  const { store, asking, request, signal } = await recorded();
  await asking.begin(request);
  const delivered: RequestResult[] = [];
  await asking.answer(request, { signal }, async (ended) => {
    delivered.push(ended);
    expect(await asking.unfinished()).toHaveLength(1);
  });
  expect(delivered).toMatchObject([{ answer: { rows: [{}, {}] } }]);
  expect(await asking.unfinished()).toEqual([]);
  expect(await store.recent(1)).toMatchObject([
    { id: 'q1', outcome: 'answered', rows: 2, dollars: 0, runId: 'run-1' },
  ]);
});

it('a question whose answer could not be delivered stays in flight', async () => {
  const { asking, request, signal } = await recorded();
  await asking.begin(request);
  const answered = asking.answer(request, { signal }, () => Promise.reject(new Error('no network')));
  await expect(answered).rejects.toThrow('no network');
  expect(await asking.unfinished()).toHaveLength(1);
});

it.each([
  [new EngineError('exhausted', 'no memory'), 'exhausted'],
  [new UserError('`x` is missing.'), 'mistaken'],
  [new TypeError('unforeseen'), 'crashed'],
])('delivers %s, and writes down that it ended so', async (error, outcome) => {
  const { store, asking, request, signal } = await recorded({ ask: () => Promise.reject(error) });
  await asking.begin(request);
  const delivered: RequestResult[] = [];
  await asking.answer(request, { signal }, async (ended) => void delivered.push(ended));
  expect(delivered).toEqual([{ error, isPaused: false }]);
  expect(await store.recent(1)).toMatchObject([{ outcome, rows: 0, dollars: 0 }]);
});

it('a question that takes too long is stopped', async () => {
  const { store, asking, request, signal } = await recorded({ ask: endless, timeoutMs: 20 });
  await asking.begin(request);
  await asking.answer(request, { signal }, async () => {});
  expect(await asking.unfinished()).toEqual([]);
  expect(await store.recent(1)).toHaveLength(1);
});

it('the time of a question counts from when it was asked, and anew where it was taken up again', async () => {
  const { asking, request, signal } = await recorded({ timeoutMs: 60_000 });
  await asking.begin(request);
  const ended: RequestResult[] = [];
  const deliver = async (result: RequestResult) => void ended.push(result);
  const resumed = { ...request, id: 'q2' };
  await asking.begin(resumed);
  await asking.answer(request, { signal }, deliver);
  await asking.answer(resumed, { signal, isResumed: true }, deliver);
  expect(ended).toMatchObject([{ error: { code: 'timed-out' } }, { answer: { rows: [{}, {}] } }]);
});

it('a question is answered although the store does not say whether an equal one was asked before', async () => {
  const lost = new StoreError('locked', 'Another process holds the file.', 'Try again in a moment.');
  const around = (store: Store) => ({ ...store, find: () => Promise.reject(lost) });
  const { asking, request, signal } = await recorded({ around });
  await asking.begin(request);
  const delivered: RequestResult[] = [];
  await asking.answer(request, { signal }, async (ended) => void delivered.push(ended));
  expect(delivered).toMatchObject([{ answer: { rows: [{}, {}] } }]);
});

it('a question that another process took up meanwhile is not delivered here, and stays in flight', async () => {
  const { asking, request, signal, path } = await recorded();
  const other = await openStores({ path }, { owner: 'other' });
  onTestFinished(() => other.close());
  const delivered: RequestResult[] = [];
  const takenOver: string[] = [];
  const options = { signal, onTakenOver: () => void takenOver.push(request.id) };
  await asking.begin(request);
  expect(await other.store.takeUp(new Date(NOW.getTime() + 60_000))).toHaveLength(1);
  await asking.answer(request, options, async (ended) => void delivered.push(ended));
  expect({ delivered, takenOver }).toEqual({ delivered: [], takenOver: ['q1'] });
  expect(await other.store.inFlight()).toHaveLength(1);
  await asking.answer(request, { ...options, isOnlyHere: true }, async (ended) => void delivered.push(ended));
  expect(delivered).toMatchObject([{ answer: {} }]);
});

it('a question that the app itself interrupted stays in flight, to be answered after the restart', async () => {
  const { asking, request } = await recorded({ ask: endless });
  await asking.begin(request);
  const stopping = new AbortController();
  const answered = asking.answer(request, { signal: stopping.signal }, async () => {});
  stopping.abort(new Interrupted('the app stops'));
  await answered;
  expect((await asking.unfinished()).map(({ id }) => id)).toEqual(['q1']);
});

it('a restarted question asks the same, and keeps a changed place', async () => {
  const { asking, request } = await recorded();
  await asking.begin(request);
  await asking.moveTo('q1', '{"thread":"1"}', 'C1/2');
  const [found] = await asking.unfinished();
  expect(found?.place).toBe('{"thread":"1"}');
  const again = (await storyLake()).question(found?.line ?? '', found?.zone);
  expect(again.window).toEqual(request.question.window);
  await asking.abandon('q1');
  expect(await asking.unfinished()).toEqual([]);
});

it('the cost of a stopped question is recorded; it runs under its own id and time', async () => {
  const asked: unknown[] = [];
  const billed = { scannedBytes: 5_000, runId: 'x-1', dollars: 0.25 };
  const ask: Ask = (_, { identity, askedAt }) => {
    asked.push([identity, askedAt]);
    return Promise.reject(new EngineError('over-limit', 'too much', { billed }));
  };
  const { store, asking, request, signal } = await recorded({ ask });
  await asking.begin(request);
  await asking.answer(request, { signal }, async () => {});
  expect(asked).toEqual([['q1', ASKED]]);
  expect(await store.recent(1)).toMatchObject([
    { outcome: 'over-limit', rows: 0, scannedBytes: 5_000, runId: 'x-1', dollars: 0.25 },
  ]);
});

it('a command that the person may not give is refused before it is recorded', async () => {
  const given = await givenSample({ operators: ['UOPS'] });
  const asking = createAnswerRequests({
    ...{
      ask: endless,
      resolveNames: noNames,
      act: given.act,
      store: given.store,
      now: given.now,
      understand: noLines,
      timeoutMs: 1_000,
    },
  });
  const question = commandOf('confirm op-12345678', given.now());
  const request = { ...WHERE, askedAt: given.now(), question };
  await expect(asking.begin(request)).rejects.toThrow('You may not `confirm` what was planned.');
  expect(await asking.unfinished()).toEqual([]);
  expect(await asking.begin({ ...request, person: 'UOPS' })).toBe(true);
});

it('a command is recorded as typed, has no time limit, and its report costs nothing', async () => {
  const given = await givenSample();
  const asking = createAnswerRequests({
    ...{
      ask: endless,
      resolveNames: noNames,
      act: given.act,
      store: given.store,
      now: given.now,
      understand: noLines,
      timeoutMs: 0,
    },
  });
  const question = commandOf('files last 1h', given.now());
  const request = { ...WHERE, askedAt: given.now(), question };
  await asking.begin(request);
  expect((await asking.unfinished())[0]?.line).toBe('files since 2026-11-24T08:30Z until 2026-11-24T09:30Z');
  const ends: RequestResult[] = [];
  await asking.answer(
    request,
    { signal: new AbortController().signal },
    async (ended) => void ends.push(ended),
  );
  expect(ends).toMatchObject([{ report: { headline: expect.stringContaining('has ') } }]);
  expect(await given.store.recent(1)).toMatchObject([{ outcome: 'answered', dollars: 0, scannedBytes: 0 }]);
});

describe('a question with names', () => {
  it('is answered by what they were read as, after that was written down', async () => {
    const asked: string[] = [];
    const ask: Ask = async ({ line }) => {
      asked.push(line);
      throw new UserError('enough');
    };
    const resolveNames: ResolveNames = async (question) => ({
      ...question,
      line: `${question.line} resolved`,
    });
    const { asking, request, signal } = await recorded({ ask, resolveNames });
    await asking.begin(request);
    const onResolved = async ({ line }: Question) => {
      expect(asked).toEqual([]);
      asked.push(`written down: ${line}`);
    };
    await asking.answer(request, { signal, onResolved }, async () => {});
    expect(asked).toEqual(['written down: rejected last 1h resolved', 'rejected last 1h resolved']);
  });

  it('that cannot be looked up is mistaken, costs nothing, and nothing is asked', async () => {
    const resolveNames: ResolveNames = () => Promise.reject(new UserError('Nothing here is called `x`.'));
    const ask: Ask = () => Promise.reject(new Error('asked'));
    const { store, asking, request, signal } = await recorded({ ask, resolveNames });
    await asking.begin(request);
    await asking.answer(
      request,
      { signal, onResolved: () => Promise.reject(new Error('resolved')) },
      async () => {},
    );
    expect(await store.recent(1)).toMatchObject([{ outcome: 'mistaken', dollars: 0, runId: '' }]);
  });

  it('that was stopped while they were looked up is not asked', async () => {
    const stopping = new AbortController();
    const resolveNames: ResolveNames = async (question) => {
      stopping.abort(new Interrupted('the app stops'));
      return question;
    };
    const ask: Ask = () => Promise.reject(new Error('asked'));
    const { asking, request } = await recorded({ ask, resolveNames });
    await asking.begin(request);
    const ends: RequestResult[] = [];
    await asking.answer(request, { signal: stopping.signal }, async (ended) => void ends.push(ended));
    expect(ends).toMatchObject([{ error: { code: 'cancelled' } }]);
    expect(await asking.unfinished()).toHaveLength(1);
  });
});

it('a question has no more than its time when the clock is put back an hour', async () => {
  const { store, asking, request, signal } = await recorded({ ask: endless, timeoutMs: 20 });
  await asking.begin(request);
  const later = new Date(NOW.getTime() + 3_600_000);
  const ends: RequestResult[] = [];
  await asking.answer({ ...request, askedAt: later }, { signal }, async (ended) => void ends.push(ended));
  expect(ends).toMatchObject([{ error: { code: 'cancelled' } }]);
  expect(await store.inFlight()).toEqual([]);
});

it('an answer is shown also where the store does not say what its thread has cost', async () => {
  const { store, asking, request, signal } = await recorded();
  await asking.begin(request);
  vi.spyOn(store, 'spent').mockRejectedValue(new StoreError('unreachable', 'away', 'wait'));
  const ends: RequestResult[] = [];
  await asking.answer(request, { signal }, async (ended) => void ends.push(ended));
  expect(ends).toMatchObject([{ answer: { threadDollars: 0 } }]);
});
