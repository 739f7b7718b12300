import { expect, it } from 'vitest';
import type { Answer } from '../../src/core/answer/answer.ts';
import { NOON } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER } from '../support/open-local-lake.ts';
import { sharedFolder } from '../support/shared-folder.ts';
import { PLANTED, type Planted, type Shape } from './planted-lakes.ts';
import { OURS, WINDOW } from './whole-lake.ts';

/** The answers to lines about a lake, which is written once for all of them. */
async function answersTo(
  { plant, nowSeconds }: Planted,
  shape: Shape,
  lines: readonly string[],
): Promise<readonly Answer[]> {
  const folder = await sharedFolder();
  await plant(folder, shape);
  const now = nowSeconds === undefined ? LONG_AFTER : new Date((NOON + nowSeconds) * 1000);
  const { ask, close } = await openLake(folder, now);
  try {
    const answers: Answer[] = [];
    for (const line of lines) answers.push(await ask(`${line} ${WINDOW}`));
    return answers;
  } finally {
    await close();
  }
}

/** Up to when a headline claims that there was nothing, in seconds after noon; undefined when it claims nothing. */
function claimedUpTo(headline: string): number | undefined {
  if (/^No .*the logs of the window are complete\.$/.test(headline)) return Number.POSITIVE_INFINITY;
  const [, time] = /up to (\d{4}-\d\d-\d\d \d\d:\d\d) UTC/.exec(headline) ?? [];
  return time === undefined ? undefined : Date.parse(`${time.replace(' ', 'T')}:00Z`) / 1000 - NOON;
}

/** Holds the answers over every planted lake to what is proven; of some an amount is asked too. */
export function claimNoMoreThanProven(shape: Shape, asksAmounts: boolean): void {
  it.each(PLANTED.map((planted, index) => [planted.class, planted.name, planted, index] as const))(
    '%s: %s',
    async (_class, _name, planted, index) => {
      const asksAmount = asksAmounts && index % 3 === 0;
      const lines = [planted.line, ...(asksAmount ? [`traffic ${OURS}`] : [])];
      const [empty, amount] = await answersTo(planted, shape, lines);
      const { headline = '', rows, coverage } = empty ?? {};
      expect(rows, headline).toEqual([]);
      const upTo = claimedUpTo(headline);
      if (planted.hidden === undefined) expect(headline).toMatch(/the logs of the window are complete\.$/);
      else expect(upTo ?? 0, headline).toBeLessThanOrEqual(planted.hidden);
      // What is claimed of part of a window is never called complete.
      if (coverage?.complete) expect(coverage.flowLogs.every(({ whole }) => whole)).toBe(true);
      // Over doubtful logs an amount is a least one, and an absence one of what was seen; over whole ones they are not.
      // What was not delivered yet takes nothing from an absence before.
      if (amount !== undefined && amount.rows.length > 0)
        expect(/at least|was seen|newest records have not been/i.test(amount.headline), amount.headline).toBe(
          !amount.coverage.complete,
        );
    },
  );
}
