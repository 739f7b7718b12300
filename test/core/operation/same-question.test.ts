import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import type { Answer } from '../../../src/core/answer/answer.ts';
import { createAsk } from '../../../src/core/answer/ask.ts';
import { DEFAULT_PRICES } from '../../../src/core/answer/cost.ts';
import { createAnswerRequests } from '../../../src/core/operation/answer-requests.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import { sameKeyOf } from '../../../src/core/operation/same-question.ts';
import type { Question } from '../../../src/core/query/question.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { engineByScan } from '../../aws/athena/open-athena.ts';
import { openFakeAthena } from '../../fakes/athena/fake-athena.ts';
import { recordsOf } from '../../fixtures/log-records.ts';
import { writeRecords } from '../../fixtures/write-records.ts';
import { NOW } from '../../support/ask-fixture.ts';
import { openLocalLake, tempFolder } from '../../support/open-local-lake.ts';

const AFTER_MS = 20_000;

/** How a question is asked: by whom, in which process, how long after `NOW`, and what stops it. */
interface Asked {
  readonly id: string;
  readonly person?: string;
  readonly process?: number;
  readonly afterMs?: number;
  readonly isAlone?: boolean;
  readonly signal?: AbortSignal;
}

/** Two processes with a store and an Athena of both. */
async function givenTwoProcesses() {
  const folder = await tempFolder();
  await writeRecords(folder, recordsOf());
  const { engine, sources } = await openLocalLake(folder, { now: NOW });
  const athena = await openFakeAthena(engine);
  const path = join(await tempFolder('state'), 'state.db');
  const processes = await Promise.all(
    ['one', 'two'].map(async (owner) => {
      const { store, close } = await openStores({ path }, { owner });
      onTestFinished(close);
      const now = () => NOW;
      const ask = createAsk({
        sources,
        engine: engineByScan(athena),
        prices: DEFAULT_PRICES,
        longestWindowSeconds: 86_400,
        now,
      });
      const act = { perform: () => Promise.reject(new Error('nothing is changed here')), refuse: () => {} };
      const understand = (line: string, zone: string) => questionOf(line, zone);
      const resolveNames = async (question: Question) => question;
      const parts = { ask, act, store, understand, resolveNames, now, timeoutMs: 600_000 };
      return { store, requests: createAnswerRequests(parts) };
    }),
  );

  /** Takes a question on and answers it; what went wrong in the place of an answer. */
  async function ask(
    line: string,
    { id, person = id, process = 0, afterMs = 0, isAlone = false, signal = unstopped() }: Asked,
  ): Promise<Answer | { readonly error: unknown }> {
    const { requests } = processes[process] ?? raise();
    const askedAt = new Date(NOW.getTime() + afterMs);
    const question = questionOf(line, 'UTC', askedAt);
    const where = { place: '{}', channel: 'C1', thread: `C1/${id}` };
    const request = { id, person, ...where, askedAt, question, isAlone };
    await requests.begin(request, 10);
    return new Promise((resolve, reject) => {
      void requests
        .answer(request, { signal }, async (ended) => {
          if ('answer' in ended) resolve(ended.answer);
          else if ('error' in ended) resolve({ error: ended.error });
        })
        .catch(reject);
    });
  }

  async function billed(): Promise<Readonly<Record<string, number>>> {
    const [{ store } = raise()] = processes;
    // An answer is delivered before its end is written down.
    await expect.poll(() => store.inFlight()).toEqual([]);
    const ended = await store.recent(50);
    return Object.fromEntries(ended.map(({ id, scannedBytes }) => [id, scannedBytes]));
  }

  return { athena, ask, billed };
}

function raise(): never {
  throw new RangeError('there is no such process');
}

function questionOf(line: string, zone: string, now = NOW): Question {
  const understood = readRequest(line, { catalog, now, zone, longestWindowSeconds: 86_400 });
  if (!('query' in understood)) throw new RangeError(`${line} is no question`);
  return understood;
}

function unstopped(): AbortSignal {
  return new AbortController().signal;
}

it.each([0, 1])(
  'two people who ask the same within a minute get the same answer of one execution (processes 0 and %i)',
  async (process) => {
    const { athena, ask, billed } = await givenTwoProcesses();
    const [ana, ben] = await Promise.all([
      ask('rejected last 1h', { id: 'ana' }),
      ask('rejected last 1h', { id: 'ben', process, afterMs: AFTER_MS }),
    ]);
    const cyd = await ask('rejected last 1h', { id: 'cyd', process, afterMs: 2 * AFTER_MS });
    expect(athena.executions()).toHaveLength(1);
    for (const answer of [ben, cyd]) {
      if ('error' in ana || 'error' in answer) throw new Error('there is no answer');
      expect(answer.rows).toEqual(ana.rows);
      expect(answer.question.window).toEqual(ana.question.window);
    }
    const bytes = Object.values(await billed()).filter((each) => each > 0);
    expect(bytes).toEqual([athena.billedBytes()]);
  },
);

it('who asks the same again after the answer, or a minute later, gets a new one', async () => {
  const { athena, ask } = await givenTwoProcesses();
  await ask('rejected last 1h', { id: 'q1', person: 'ana' });
  await ask('rejected last 1h', { id: 'q2', person: 'ana', afterMs: AFTER_MS });
  await ask('rejected last 1h', { id: 'q3', person: 'ben', afterMs: 4 * AFTER_MS + 1 });
  expect(athena.executions()).toHaveLength(3);
});

it('one who wants all rows has a run of their own, for which dollars are set aside', async () => {
  const { athena, ask, billed } = await givenTwoProcesses();
  await ask('rejected last 1h', { id: 'ana' });
  await ask('rejected last 1h', { id: 'ben', isAlone: true, afterMs: AFTER_MS });
  expect(athena.executions()).toHaveLength(2);
  expect(Object.values(await billed())).not.toContain(0);
});

it('one who stops does not stop it for the other, who is charged then', async () => {
  const { athena, ask, billed } = await givenTwoProcesses();
  athena.plan({ reported: ['QUEUED', 'RUNNING', 'RUNNING', 'RUNNING', 'RUNNING', 'RUNNING'] });
  const stop = new AbortController();
  const ana = ask('rejected last 1h', { id: 'ana', signal: stop.signal });
  const ben = ask('rejected last 1h', { id: 'ben', afterMs: AFTER_MS });
  await until(() => athena.calls.StartQueryExecution === 2);
  stop.abort();
  expect(await ana).toMatchObject({ error: { code: 'cancelled' } });
  expect(await ben).toMatchObject({ rows: [{}, {}] });
  expect(athena.executions()).toHaveLength(1);
  expect(await billed()).toEqual({ ana: 0, ben: athena.billedBytes() });
});

it('where another process stops it, the other question is run for itself', async () => {
  const { athena, ask, billed } = await givenTwoProcesses();
  athena.plan({ endless: { scannedBytes: 12_345 } });
  const stop = new AbortController();
  const ana = ask('rejected last 1h', { id: 'ana', signal: stop.signal });
  await until(() => athena.executions().length === 1);
  const ben = ask('rejected last 1h', { id: 'ben', process: 1, afterMs: AFTER_MS });
  await until(() => athena.calls.StartQueryExecution === 2);
  stop.abort();
  expect(await ana).toMatchObject({ error: { code: 'cancelled' } });
  expect(await ben).toMatchObject({ rows: [{}, {}] });
  expect(athena.executions()).toHaveLength(2);
  const { ana: anas = 0, ben: bens = 0 } = await billed();
  expect(anas).toBe(12_345);
  expect(anas + bens).toBe(athena.billedBytes());
});

it('the key of a question is its line, with the time zone where that decides when a day begins', () => {
  const key = (line: string, zone: string) => sameKeyOf(questionOf(line, zone));
  expect(key('to 10.0.1.5 last 1h', 'Asia/Tokyo')).toBe(key('to 10.0.1.5 last 60m', 'UTC'));
  expect(key('to 10.0.1.5 today', 'Asia/Tokyo')).not.toBe(key('to 10.0.1.5 today', 'UTC'));
  expect(key('to 10.0.1.5 last 1h', 'UTC')).not.toBe(key('to 10.0.1.5 port=443 last 1h', 'UTC'));
});

async function until(isSo: () => boolean): Promise<void> {
  await expect.poll(isSo, { timeout: 10_000 }).toBe(true);
}
