import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reusedMinutes } from '../../../../src/core/answer/cost.ts';

const MINUTE_MS = 60_000;
const WINDOW = { from: new Date('2026-11-22T10:00:00Z'), to: new Date('2026-11-22T11:00:00Z') };

it.each([
  ['2026-11-22T10:30:00Z', undefined],
  ['2026-11-22T11:00:00Z', undefined],
  ['2026-11-22T11:30:59Z', undefined],
  ['2026-11-22T11:31:00Z', 1],
  ['2026-11-22T12:00:30Z', 30],
  ['2026-11-22T12:30:00Z', 60],
  ['2026-12-22T00:00:00Z', 60],
])('lets a question that is asked at %s reuse a result of so many minutes: %s', (askedAt, minutes) => {
  expect(reusedMinutes(WINDOW, new Date(askedAt))).toBe(minutes);
});

it('reuses only what was made in the last hour, half an hour after the end of the window or later', () => {
  const upToAWeekMs = fc.integer({ min: -MINUTE_MS, max: 7 * 24 * 60 * MINUTE_MS });
  const waitedMs = fc.integer({ min: 0, max: 24 * 60 * MINUTE_MS });
  fc.assert(
    fc.property(upToAWeekMs, waitedMs, (agoMs, waited) => {
      const askedMs = WINDOW.to.getTime() + agoMs;
      const minutes = reusedMinutes(WINDOW, new Date(askedMs));
      if (minutes === undefined) {
        expect(agoMs).toBeLessThan(31 * MINUTE_MS);
        return;
      }
      expect(Number.isInteger(minutes)).toBe(true);
      expect(minutes).toBeGreaterThanOrEqual(1);
      expect(minutes).toBeLessThanOrEqual(60);
      const oldestMadeMs = askedMs + waited - minutes * MINUTE_MS;
      expect(oldestMadeMs).toBeGreaterThanOrEqual(WINDOW.to.getTime() + 30 * MINUTE_MS);
    }),
    { seed: 5 },
  );
});
