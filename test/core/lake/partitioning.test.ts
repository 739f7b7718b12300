import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keyValue,
  type Partitioning,
  partitionPredicate,
  partitionsTouching,
} from '../../../src/core/lake/partitioning.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const STRETCH = { fromSeconds: at('2026-09-20T22:10:00Z'), toSeconds: at('2026-09-21T01:15:00Z') };

const HOUR_KEY: Partitioning = {
  grain: 'hour',
  fixed: { p_account: '123456789012', p_region: 'us-east-1' },
  time: [{ column: 'p_hour', pattern: 'yyyy/MM/dd/HH', type: 'string' }],
};
const HIVE: Partitioning = {
  grain: 'hour',
  fixed: {},
  time: [
    { column: 'year', pattern: 'yyyy', type: 'string' },
    { column: 'month', pattern: 'MM', type: 'string' },
    { column: 'day', pattern: 'dd', type: 'string' },
    { column: 'hour', pattern: 'HH', type: 'string' },
  ],
};

describe('the condition on partitions', () => {
  it('is one range over one key, across midnight too', () => {
    expect(partitionPredicate(HOUR_KEY, STRETCH)).toEqual({
      text:
        `("p_account" = '123456789012') AND ("p_region" = 'us-east-1') AND ` +
        `("p_hour" BETWEEN '2026/09/20/22' AND '2026/09/21/01')`,
      bound: [],
    });
  });

  it('names each day of keys that are apart, with the hours of that day', () => {
    expect(partitionPredicate(HIVE, STRETCH).text).toBe(
      `((("year" = '2026') AND ("month" = '09') AND ("day" = '20') AND ("hour" BETWEEN '22' AND '23'))` +
        ` OR (("year" = '2026') AND ("month" = '09') AND ("day" = '21') AND ("hour" BETWEEN '00' AND '01')))`,
    );
  });

  it('compares a key of dates with dates, and one of numbers with numbers', () => {
    const time = [{ column: 'date', pattern: 'yyyy-MM-dd', type: 'date' }] as const;
    expect(partitionPredicate({ grain: 'day', fixed: {}, time }, STRETCH).text).toBe(
      `("date" BETWEEN DATE '2026-09-20' AND DATE '2026-09-21')`,
    );
    const numbers = HIVE.time.map((key) => ({ ...key, type: 'integer' as const }));
    expect(partitionPredicate({ ...HIVE, time: numbers }, STRETCH).text).toContain(
      '("month" = 9) AND ("day" = 20) AND ("hour" BETWEEN 22 AND 23)',
    );
  });

  it('takes no value that could end its literal', () => {
    expect(() => partitionPredicate({ ...HOUR_KEY, fixed: { p_account: "1' OR '1'='1" } }, STRETCH)).toThrow(
      RangeError,
    );
  });
});

describe('the partitions of a slot range', () => {
  it('cover all of it and nothing else', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.integer({ min: 1, max: 20 * 86_400 }),
        fc.constantFrom('hour' as const, 'day' as const),
        (fromSeconds, length, grain) => {
          const lengthSeconds = grain === 'hour' ? 3_600 : 86_400;
          const toSeconds = fromSeconds + length;
          const starts = partitionsTouching(grain, { fromSeconds, toSeconds });
          const [first = Number.NaN, last = Number.NaN] = [starts[0], starts.at(-1)];
          expect(first).toBeLessThanOrEqual(fromSeconds);
          expect(first + lengthSeconds).toBeGreaterThan(fromSeconds);
          expect(last).toBeLessThan(toSeconds);
          expect(last + lengthSeconds).toBeGreaterThanOrEqual(toSeconds);
          expect(starts).toHaveLength((last - first) / lengthSeconds + 1);
        },
      ),
    );
  });

  it('sort by their value as by their time', () => {
    const hours = partitionsTouching('hour', STRETCH).map((start) =>
      keyValue({ pattern: 'yyyy/MM/dd/HH' }, start),
    );
    expect(hours).toEqual(['2026/09/20/22', '2026/09/20/23', '2026/09/21/00', '2026/09/21/01']);
    expect(hours.toSorted()).toEqual(hours);
  });
});
