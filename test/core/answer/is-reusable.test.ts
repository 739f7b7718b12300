import { expect, it } from 'vitest';
import { isReusable } from '../../../src/core/answer/is-reusable.ts';

const WINDOW = { from: new Date('2026-11-22T10:00:00Z'), to: new Date('2026-11-22T11:00:00Z') };

it.each([
  ['2026-11-22T10:30:00Z', false],
  ['2026-11-22T11:00:00Z', false],
  ['2026-11-22T12:30:00Z', false],
  ['2026-11-22T12:30:01Z', true],
  ['2026-12-22T00:00:00Z', true],
])('lets a result of the last hour stand at %s: %s', (now, reusable) => {
  expect(isReusable(WINDOW, new Date(now))).toBe(reusable);
});
