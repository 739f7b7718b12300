import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  durationSeconds,
  parseDuration,
  speakDuration,
  writeDuration,
} from '../../../src/core/time/durations.ts';

it.each([
  ['90s', 90, 's'],
  ['30m', 30, 'm'],
  ['1h', 1, 'h'],
  ['2d', 2, 'd'],
  ['1w', 1, 'w'],
  ['1 hour', 1, 'h'],
  ['30 Minutes', 30, 'm'],
  ['90min', 90, 'm'],
  ['hour', 1, 'h'],
  ['1h30m', 90, 'm'],
  ['1 hour 30 minutes', 90, 'm'],
  ['1d12h', 36, 'h'],
  ['1h 0m 5s', 3605, 's'],
] as const)('%s is %d%s', (word, amount, unit) => {
  expect(parseDuration(word)).toEqual({ value: { amount, unit } });
});

it.each([
  ['', 'is not a length of time', '1h'],
  ['banana', 'is not a length of time', '1h'],
  ['-1h', 'is not a length of time', '1h'],
  ['1h!', 'is not a length of time', '1h'],
  ['1y', 'is not a length of time', '1h'],
  ['1e9h', 'is not a length of time', '1h'],
  ['9'.repeat(900), 'is not a length of time', '1h'],
  ['0h', 'is no time at all', '1h'],
  ['30', 'has no unit (s, m, h, d or w)', '30m'],
  ['1.5h', 'is not in whole numbers', '90m'],
  ['99999999999h', 'is longer than flow logs are kept', '7d'],
  ['999999999999999w', 'is longer than flow logs are kept', '7d'],
])('%s %s; %s is', (word, problem, instead) => {
  expect(parseDuration(word)).toEqual({ problem, instead });
});

const spoken = fc.record({
  amount: fc.integer({ min: 1, max: 500 }),
  unit: fc.constantFrom('s', 'm', 'h', 'd', 'w'),
});

it('a duration is read back as it was written', () => {
  fc.assert(
    fc.property(spoken, (value) => {
      expect(parseDuration(writeDuration(value))).toEqual({ value });
    }),
  );
});

it('a duration is written in the largest unit that holds it exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (seconds) => {
      expect(durationSeconds(speakDuration(seconds))).toBe(seconds);
    }),
  );
});
