import { expect, it } from 'vitest';
import { nearest } from '../../../src/core/line/plain-arguments.ts';

const NAMES = ['to', 'from', 'between', 'records', 'rejected', 'top-talkers'];

it.each([
  ['betwen', 'between'],
  ['RECORD', 'records'],
  ['top', 'top-talkers'],
  ['reject', 'rejected'],
  ['fron', 'from'],
  ['form', 'from'],
  ['rceords', 'records'],
  ['ot', undefined],
  ['re', undefined],
  ['xyz', undefined],
  ['', undefined],
  ['a'.repeat(5000), undefined],
])('%s is nearest to %s', (word, expected) => {
  expect(nearest(word, NAMES)).toBe(expected);
});
