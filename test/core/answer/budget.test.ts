import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import {
  type Budget,
  type BudgetParts,
  createBudget,
  TooCostly,
  type Who,
} from '../../../src/core/answer/budget.ts';
import type { Cheaper } from '../../../src/core/answer/cheaper-lines.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import type { Question } from '../../../src/core/query/question.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { asked, finished } from '../../contract/store-samples.ts';

const NOW = new Date('2026-11-24T09:30Z');
const LIMITS = { question: 1, thread: 5, day: 50 };
const PARTY = { channel: 'C1', thread: 'C1/1', person: 'U1', id: undefined };

function question(line: string): Question {
  const understood = readRequest(line, { catalog, now: NOW, zone: 'UTC', longestWindowSeconds: 7 * 86_400 });
  if (!('query' in understood)) throw new RangeError(`${line} is no question`);
  return understood;
}

const ANYBODY: Pick<BudgetParts, 'mayRaise' | 'whoMayRaise'> = {
  mayRaise: () => true,
  whoMayRaise: 'Ask one of UOPS to say that it may cost that much',
};

/** A budget over a store in which so much was spent in the thread, and elsewhere today. */
async function budget(inThread = 0, elsewhere = 0, who = ANYBODY): Promise<Budget> {
  const { store, close } = await openStores({ path: ':memory:' });
  onTestFinished(close);
  const spend = async (id: string, thread: string, dollars: number) => {
    await store.begin({ ...asked(id), thread });
    await store.finish(id, finished(0, { dollars, finishedAt: NOW }));
  };
  await spend('in-thread', 'C1/1', inThread);
  await spend('elsewhere', 'C1/2', elsewhere);
  await store.begin({ ...asked('yesterday'), thread: 'C1/2' });
  await store.finish(
    'yesterday',
    finished(0, { dollars: 99, finishedAt: new Date('2026-11-23T23:59:59.999Z') }),
  );
  return createBudget({ reserving: store, limits: LIMITS, now: () => NOW, ...who });
}

/** The question is never looked into when it may be asked. */
const unasked = () => Promise.reject(new RangeError('no question was refused'));
const LESS = { label: 'Only the last 1h: about $0.20', line: 'to 10.0.1.5 last 1h' };
const found =
  (cheaper: Partial<Cheaper> = {}) =>
  async () => ({
    lines: [LESS],
    sameForOneInterface: false,
    ...cheaper,
  });

const estimate = (dollars: number) => ({ bytes: dollars * 200_000_000_000, dollars, exact: true });

async function refused(
  asked: Question,
  dollars: number,
  given: Budget | Promise<Budget> = budget(),
  cheaper = found(),
): Promise<TooCostly> {
  const checked = (await given).check(asked, estimate(dollars), PARTY, cheaper);
  const error = await checked.catch((caught: unknown) => caught);
  if (error instanceof TooCostly) return error;
  throw new RangeError(`${dollars} were allowed`);
}

describe('a question', () => {
  const line = 'to 10.0.1.5 last 6h';

  it('up to the limit is asked', async () => {
    await expect(
      (await budget()).check(question(line), estimate(1), PARTY, unasked),
    ).resolves.toBeUndefined();
    await expect(
      (await budget(99, 99)).check(question(line), estimate(0), PARTY, unasked),
    ).resolves.toBeUndefined();
  });

  it('above it is not, and the error has its price, a line that allows it, and cheaper lines', async () => {
    const { message, offers, hint } = await refused(question(line), 1.234);
    expect(message).toBe(
      '`to 10.0.1.5 last 6h` would scan 247 GB, about $1.23, and a question may cost $1.00.',
    );
    expect(hint).toBe('Nothing was run. Say that it may cost that much, or ask for less.');
    expect(offers).toEqual([
      {
        label: 'Spend up to $1.24',
        line: 'to 10.0.1.5 spend=1.24 since 2026-11-24T03:30Z until 2026-11-24T09:30Z',
      },
      LESS,
    ]);
  });

  it('above it has the other price where its files can be fetched', async () => {
    const fetchable = { files: 12, bytes: 4_100_000_000 };
    const checked = (await budget()).check(question(line), { ...estimate(2), fetchable }, PARTY, found());
    await expect(checked).rejects.toThrow(
      'would scan 400 GB, about $2.00 on Athena, or nothing with `engine=direct`, which fetches up to 12 files (4.1 GB), and a question may cost $1.00.',
    );
  });

  it('above it says where one interface alone is no way out', async () => {
    const same = found({ lines: [], sameForOneInterface: true });
    const { hint, offers } = await refused(question(line), 2, budget(), same);
    expect(hint).toBe(
      'Nothing was run. Say that it may cost that much, or ask for less; one interface alone would cost the same: Athena reads whole files.',
    );
    expect(offers).toHaveLength(1);
  });

  it('with what its thread or the day has cost is not either', async () => {
    expect((await refused(question(line), 0.5, budget(4.6))).message).toContain(
      'and with what this thread has cost or has under way that is more than $5.00.',
    );
    expect((await refused(question(line), 0.5, budget(0, 49.6))).message).toContain(
      'and with what today has cost or has under way that is more than $50.00.',
    );
    await expect(
      (await budget(4.5, 45)).check(question(line), estimate(0.5), PARTY, unasked),
    ).resolves.toBeUndefined();
  });

  it('outside of any thread counts for the day alone', async () => {
    const alone = { ...PARTY, thread: '' };
    await expect(
      (await budget(4.9)).check(question(line), estimate(0.5), alone, unasked),
    ).resolves.toBeUndefined();
  });

  it('is asked when it says that it may cost that much, and not when it says less', async () => {
    const allowed = question('to 10.0.1.5 spend=2 last 6h');
    await expect((await budget(99, 99)).check(allowed, estimate(2), PARTY, unasked)).resolves.toBeUndefined();
    await expect((await budget()).check(allowed, estimate(2.01), PARTY, found())).rejects.toThrow(TooCostly);
  });

  it('is always offered in a line that parses and that is enough', async () => {
    const given = await budget();
    const words = fc.integer({ min: 1, max: 7 * 24 * 60 }).map((minutes) => `last ${minutes}m`);
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.double({ min: 1.000001, max: 900_000, noNaN: true }),
        async (window, dollars) => {
          const wanted = question(`rejected ${window}`);
          const [allow] = (await refused(wanted, dollars, given)).offers;
          const allowed = question(allow?.line ?? '');
          expect(allowed.window).toEqual(wanted.window);
          await expect(given.check(allowed, estimate(dollars), PARTY, unasked)).resolves.toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
  });

  it('above it is offered to those who may say yes, and says who that is to those who may not', async () => {
    const who = { ...ANYBODY, mayRaise: ({ person }: Who) => person === 'UOPS' };
    const { hint, offers } = await refused(question('to 10.0.1.5 spend=2 last 6h'), 1.5, budget(0, 0, who));
    expect(hint).toBe('Nothing was run. Ask one of UOPS to say that it may cost that much, or ask for less.');
    expect(offers[0]?.label).toBe('Spend up to $1.50');
    const allowed = { ...PARTY, person: 'UOPS' };
    const asks = (await budget(0, 0, who)).check(
      question('to 10.0.1.5 spend=2 last 6h'),
      estimate(1.5),
      allowed,
      unasked,
    );
    await expect(asks).resolves.toBeUndefined();
  });
});
