import { expect, it } from 'vitest';
import { inOneLine, plural, showCents, showDollars, showElapsed } from '../../src/core/wording.ts';

it.each([
  [0, '$0'],
  [0.000_05, '$0.00005'],
  [0.000_055, '$0.00006'],
  [0.001, '$0.001'],
  [0.01, '$0.01'],
  [5, '$5.00'],
  [1_234.567, '$1234.57'],
  // Less than can be written is not nothing, and not "$0.".
  [0.000_001, 'less than $0.00001'],
])('shows %d dollars as %s', (dollars, shown) => {
  expect(showDollars(dollars)).toBe(shown);
});

it.each([
  [0, '1 ms'],
  [80.4, '80 ms'],
  [99.9, '100 ms'],
  [100, '0.1 s'],
  [59_940, '59.9 s'],
  // Never "60.0 s", never "1 min 60 s".
  [59_960, '1 min 0 s'],
  [65_000, '1 min 5 s'],
  [119_700, '2 min 0 s'],
])('shows %d ms as %s', (elapsedMs, shown) => {
  expect(showElapsed(elapsedMs)).toBe(shown);
});

it('shows dollars to the cent', () => {
  expect(showCents(5)).toBe('$5.00');
  expect(showCents(0)).toBe('$0.00');
});

it('writes an amount with its noun', () => {
  expect(plural(0, 'row')).toBe('0 rows');
  expect(plural(1, 'row')).toBe('1 row');
  expect(plural(23_455, 'row')).toBe('23,455 rows');
  expect(plural(2, 'question comes', 'questions come')).toBe('2 questions come');
});

it('keeps text of others within its sentence: one line, no control, no reversed writing, not long', () => {
  expect(inOneLine('db-1\u001b[2J\n\u202e<!channel>`')).toBe('db-1 [2J  <!channel> ');
  expect(inOneLine('x'.repeat(256))).toBe(`${'x'.repeat(60)}…`);
});
