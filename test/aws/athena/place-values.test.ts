import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeValues } from '../../../src/aws/athena/place-values.ts';
import { substitute } from '../../fakes/athena/substitute.ts';

it.each([
  ['SELECT a FROM t WHERE a = ? AND (b = ?)', 'SELECT a FROM t WHERE a = ? AND (b = ?)', ["'1'", "'2'"]],
  ['SELECT ? AS a FROM t WHERE a = ?', "SELECT '1' AS a FROM t WHERE a = ?", ["'2'"]],
  [
    'SELECT (a = ?) AS b FROM (SELECT a FROM t WHERE c = ?)',
    "SELECT (a = '1') AS b FROM (SELECT a FROM t WHERE c = ?)",
    ["'2'"],
  ],
  [
    'SELECT count(*) FILTER (WHERE a = ?) AS n FROM t WHERE a = ?',
    "SELECT count(*) FILTER (WHERE a = '1') AS n FROM t WHERE a = ?",
    ["'2'"],
  ],
  [
    'SELECT a FROM t JOIN u ON a = ? GROUP BY a HAVING b = ?',
    "SELECT a FROM t JOIN u ON a = '1' GROUP BY a HAVING b = '2'",
    [],
  ],
  [
    `SELECT '?' AS "a?" FROM t WHERE a = ? UNION ALL select ?`,
    `SELECT '?' AS "a?" FROM t WHERE a = ? UNION ALL select '2'`,
    ["'1'"],
  ],
])('places the values of %s', (text, placed, parameters) => {
  expect(placeValues({ text, bound: ['1', '2'] })).toEqual({ text: placed, parameters });
});

it('asks the same as if every value were written into the text', () => {
  const piece = fc.constantFrom(
    'SELECT a',
    'FROM t',
    'WHERE a =',
    '(',
    ')',
    '?',
    "'?'",
    '"w?"',
    'GROUP BY',
    'FILTER (WHERE',
  );
  const value = fc.string({ unit: fc.constantFrom("'", '?', '(', ')', ' WHERE ', 'SELECT', 'x') });
  fc.assert(
    fc.property(fc.array(piece), fc.array(value, { minLength: 30, maxLength: 30 }), (pieces, values) => {
      const bound = values.slice(0, pieces.filter((each) => each === '?').length);
      const whole: string[] = [...pieces];
      for (const each of bound) whole[whole.indexOf('?')] = `'${each.replaceAll("'", "''")}'`;
      const { text, parameters } = placeValues({ text: pieces.join(' '), bound });
      expect(substitute(text, parameters)).toBe(whole.join(' '));
    }),
    { seed: 11 },
  );
});

it.each([
  ['fewer', 'SELECT 1 WHERE a = ? AND b = ?', ['1']],
  ['more', 'SELECT 1 WHERE a = ?', ['1', '2']],
])('refuses %s values than marks', (_, text, bound) => {
  expect(() => placeValues({ text, bound })).toThrow(/marks for \d values/);
});
