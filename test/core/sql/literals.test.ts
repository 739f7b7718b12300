import { expect, it } from 'vitest';
import {
  catalogName,
  storedPath,
  storedWord,
  timestampLiteral,
  withValues,
} from '../../../src/core/sql/literals.ts';

it('a statement for people has its values in the places of their marks, and leaves question marks in quotes alone', () => {
  const statement = { text: `SELECT '?' AS "a?" WHERE x = ? AND y = ?`, bound: ["it's", '10.0.0.1'] };
  expect(withValues(statement)).toBe(`SELECT '?' AS "a?" WHERE x = 'it''s' AND y = '10.0.0.1'`);
});

it('names and words of a table of someone else are quoted, and none of them can end its quotes', () => {
  expect(storedPath(['src_endpoint', 'pkt-srcaddr']).text).toBe('"src_endpoint"."pkt-srcaddr"');
  expect(catalogName('s3tablescatalog/aws-cloudwatch').text).toBe('"s3tablescatalog/aws-cloudwatch"');
  expect(storedWord('Denied').text).toBe("'Denied'");
  for (const wrong of ['a"b', "a'b", '', '?', 'a b;', 'x/y/z']) {
    expect(() => storedPath(['end', wrong])).toThrow(RangeError);
    expect(() => catalogName(wrong)).toThrow(RangeError);
    expect(() => storedWord(wrong)).toThrow(RangeError);
  }
  expect(() => storedPath([])).toThrow(RangeError);
});

it('an instant is written in UTC, to the second', () => {
  expect(timestampLiteral(1_772_712_000).text).toBe("TIMESTAMP '2026-03-05 12:00:00'");
});
