import { expect, it } from 'vitest';
import { paintFor } from '../../src/terminal/paint.ts';

it('a terminal with colours gets them, and nothing else does', () => {
  const paint = paintFor({ isTTY: true, hasColors: () => true });
  expect(paint?.('bad', 'Rejected')).toBe('\u001b[31mRejected\u001b[39m');
  expect(paint?.('strong', '')).toBe('');
  expect(paintFor({ isTTY: true, hasColors: () => false })).toBeUndefined();
  expect(paintFor({ isTTY: false, hasColors: () => true })).toBeUndefined();
});
