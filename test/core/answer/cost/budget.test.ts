import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../../src/catalog/index.ts';
import { type Budget, createBudget } from '../../../../src/core/answer/cost/budget.ts';
import type { Cheaper } from '../../../../src/core/answer/cost/cheaper-lines.ts';
import { TooCostly } from '../../../../src/core/errors.ts';
import { parseLine } from '../../../../src/core/language/parse-line.ts';
import type { SpendScope } from '../../../../src/core/ports/store.ts';
import type { Question } from '../../../../src/core/question.ts';

const NOW = new Date('2026-11-24T09:30Z');
const LIMITS = { question: 1, thread: 5, day: 50 };
const PARTY = { channel: 'C1', thread: 'C1/1' };

function question(line: string): Question {
  const understood = parseLine(line, { catalog, now: NOW, zone: 'UTC', longestWindowSeconds: 7 * 86_400 });
  if (!('query' in understood)) throw new RangeError(`${line} is no question`);
  return understood;
}

/** A budget of which so much was spent in the thread and today. */
function budget(inThread = 0, today = 0): Budget {
  const spent = async ({ thread, since }: SpendScope) => {
    if (since !== undefined) expect(since).toEqual(new Date('2026-11-24T00:00:00Z'));
    return thread === undefined ? today : inThread;
  };
  return createBudget({ spending: { spent }, limits: LIMITS, now: () => NOW });
}

/** The question is never looked into when it may be asked. */
const unasked = () => Promise.reject(new RangeError('nobody was refused'));
const LESS = { label: 'Only the last 1h: about $0.20', line: 'to 10.0.1.5 last 1h' };
const found =
  (cheaper: Partial<Cheaper> = {}) =>
  async () => ({
    ...{ lines: [LESS], sameForOneInterface: false },
    ...cheaper,
  });

const estimate = (dollars: number) => ({ bytes: dollars * 200_000_000_000, dollars, exact: true });

async function refused(
  asked: Question,
  dollars: number,
  given = budget(),
  cheaper = found(),
): Promise<TooCostly> {
  const checked = given.check(asked, estimate(dollars), PARTY, cheaper);
  const error = await checked.catch((caught: unknown) => caught);
  if (error instanceof TooCostly) return error;
  throw new RangeError(`${dollars} were allowed`);
}

describe('a question', () => {
  const line = 'to 10.0.1.5 last 6h';

  it('up to the limit is asked', async () => {
    await expect(budget().check(question(line), estimate(1), PARTY, unasked)).resolves.toBeUndefined();
    await expect(budget(99, 99).check(question(line), estimate(0), PARTY, unasked)).resolves.toBeUndefined();
  });

  it('above it is not, and what it would cost is told with lines that allow it or ask for less', async () => {
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
      'and with what this thread has cost that is more than $5.00.',
    );
    expect((await refused(question(line), 0.5, budget(0, 49.6))).message).toContain(
      'and with what today has cost that is more than $50.00.',
    );
    await expect(
      budget(4.5, 49.5).check(question(line), estimate(0.5), PARTY, unasked),
    ).resolves.toBeUndefined();
  });

  it('outside of any thread counts for the day alone', async () => {
    const alone = { channel: 'C1', thread: '' };
    await expect(budget(99).check(question(line), estimate(0.5), alone, unasked)).resolves.toBeUndefined();
  });

  it('is asked when it says that it may cost that much, and not when it says less', async () => {
    const allowed = question('to 10.0.1.5 spend=2 last 6h');
    await expect(budget(99, 99).check(allowed, estimate(2), PARTY, unasked)).resolves.toBeUndefined();
    await expect(budget().check(allowed, estimate(2.01), PARTY, found())).rejects.toThrow(TooCostly);
  });

  it('is always offered in a line that parses and that is enough', async () => {
    const words = fc.integer({ min: 1, max: 7 * 24 * 60 }).map((minutes) => `last ${minutes}m`);
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.double({ min: 1.000001, max: 900_000, noNaN: true }),
        async (window, dollars) => {
          const asked = question(`rejected ${window}`);
          const [allow] = (await refused(asked, dollars)).offers;
          const allowed = question(allow?.line ?? '');
          expect(allowed.window).toEqual(asked.window);
          await expect(budget().check(allowed, estimate(dollars), PARTY, unasked)).resolves.toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
  });
});
