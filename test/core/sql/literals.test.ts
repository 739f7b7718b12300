import { expect, it } from 'vitest';
import { withValues } from '../../../src/core/sql/literals.ts';

it('a statement for people has its values in the places of their marks, and leaves question marks in quotes alone', () => {
  const statement = { text: `SELECT '?' AS "a?" WHERE x = ? AND y = ?`, bound: ["it's", '10.0.0.1'] };
  expect(withValues(statement)).toBe(`SELECT '?' AS "a?" WHERE x = 'it''s' AND y = '10.0.0.1'`);
});
