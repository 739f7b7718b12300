import fc from 'fast-check';
import { expect, it } from 'vitest';
import { executionParameters } from '../../../src/aws/athena/start-execution.ts';

it('execution parameters are SQL literals in the order of the placeholders', () => {
  const text = `SELECT '?' AS "what?" FROM t WHERE a = ? AND b IN (?, ?)`;
  expect(executionParameters({ text, bound: ['10.0.1.5', "it's", ''] })).toEqual([
    "'10.0.1.5'",
    "'it''s'",
    "''",
  ]);
});

it('there are as many execution parameters as bound values, whatever is in quotes', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (bound, quoted) => {
      const marks = bound.map(() => 'a = ?').join(' OR ');
      const text = `SELECT '${quoted.replaceAll("'", "''")}' FROM t WHERE ${marks}`;
      expect(executionParameters({ text, bound })).toHaveLength(bound.length);
    }),
  );
});

it.each([
  ['fewer', 'SELECT 1 WHERE a = ? AND b = ?', ['1']],
  ['more', 'SELECT 1 WHERE a = ?', ['1', '2']],
])('refuses %s values than marks', (_, text, bound) => {
  expect(() => executionParameters({ text, bound })).toThrow(/marks for \d values/);
});
