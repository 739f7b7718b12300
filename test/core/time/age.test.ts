import { expect, it } from 'vitest';
import { isYoungerThan } from '../../../src/core/time/age.ts';

it.each([
  ['is young at once', 0, true],
  ['is young until its time is over', 59_999, true],
  ['is not young any more then', 60_000, false],
  ['is not young when the clock was put back since', -1, false],
])('what is remembered for a minute %s', (_, ageMs, young) => {
  expect(isYoungerThan(60_000, 1_000_000, 1_000_000 + ageMs)).toBe(young);
});
