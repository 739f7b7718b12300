import { expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import type { Ask } from '../../../src/core/answer/ask.ts';
import { createRecordedAsk, Interrupted } from '../../../src/core/answer/recorded-ask.ts';
import { EngineError } from '../../../src/core/errors.ts';
import { parseLine } from '../../../src/core/language/parse-line.ts';
import { openSqliteStore } from '../../../src/store/sqlite-store.ts';

const now = () => new Date('2026-11-22T15:00:00Z');
const context = { catalog, now: now(), zone: 'Europe/Berlin', longestWindowSeconds: 7 * 86_400 };

function given(ask: Ask) {
  const store = openSqliteStore(':memory:');
  const asking = createRecordedAsk({ ask, store, now, timeoutMs: 60_000 });
  const question = parseLine('to 10.0.1.5 last 1h', context);
  if ('help' in question) throw new Error('the line is a question');
  return { store, asking, request: { id: 'one', person: 'U1', place: '{}', question } };
}

const refuse: Ask = async () => {
  throw new EngineError('exhausted', 'no memory');
};

it('writes the question down with absolute times before it is asked', async () => {
  const { store, asking, request } = given(refuse);
  expect(await asking.begin(request)).toBe(true);
  expect(await asking.begin(request)).toBe(false);
  expect(await store.inFlight()).toMatchObject([
    { id: 'one', line: 'to 10.0.1.5 since 2026-11-22T14:00Z until 2026-11-22T15:00Z', zone: 'Europe/Berlin' },
  ]);
});

it('keeps a question in flight until its end was delivered', async () => {
  const { store, asking, request } = given(refuse);
  await asking.begin(request);
  await asking.answer(request, { signal: new AbortController().signal }, async (ended) => {
    expect(ended).toMatchObject({ error: { code: 'exhausted' } });
    expect(await store.inFlight()).toHaveLength(1);
  });
  expect(await store.inFlight()).toEqual([]);
  expect(await store.recent(5)).toMatchObject([{ id: 'one', outcome: 'exhausted', dollars: 0 }]);
});

it('keeps a question in flight whose end could not be delivered', async () => {
  const { store, asking, request } = given(refuse);
  await asking.begin(request);
  const lost = asking.answer(request, { signal: new AbortController().signal }, async () => {
    throw new Error('killed');
  });
  await expect(lost).rejects.toThrow('killed');
  expect(await store.inFlight()).toHaveLength(1);
});

it('leaves a question in flight that the stop of the app interrupted', async () => {
  const stop = new AbortController();
  const { store, asking, request } = given(async (_, { signal }) => {
    stop.abort(new Interrupted());
    signal.throwIfAborted();
    throw new Error('it was interrupted before');
  });
  await asking.begin(request);
  await asking.answer(request, { signal: stop.signal }, async () => undefined);
  expect(await asking.unfinished()).toHaveLength(1);
  await asking.abandon('one');
  expect(await store.recent(5)).toMatchObject([{ outcome: 'crashed' }]);
});
