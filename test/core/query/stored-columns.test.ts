import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../../src/core/flow-log/fields.ts';
import type { TableField, TableValue } from '../../../src/core/lake/table-field.ts';
import { storedBefore, storedField, storedFrom } from '../../../src/core/query/stored-columns.ts';

function value(type: TableValue['type'], more: Partial<TableValue> = {}): TableValue {
  return { path: ['at', 'x-y'], type, ...more };
}

function written(field: FieldName, column: TableField): string {
  return storedField(field, { columns: { [field]: column } }).value.text;
}

describe('a value of a table', () => {
  it.each([
    ['text', 'srcaddr', value('text'), `CASE WHEN "at"."x-y" <> '-' THEN "at"."x-y" END`],
    ['a number that is text', 'bytes', value('text'), 'try_cast("at"."x-y" AS bigint)'],
    ['text that is a number', 'account-id', value('number'), 'CAST("at"."x-y" AS varchar)'],
    ['a number', 'bytes', value('number'), '"at"."x-y"'],
    ['a decimal', 'bytes', value('other'), 'try_cast("at"."x-y" AS bigint)'],
    ['milliseconds', 'end', value('number', { unit: 'milliseconds' }), '"at"."x-y" / 1000'],
    ['a timestamp', 'end', value('timestamp'), 'CAST(floor(to_unixtime("at"."x-y")) AS bigint)'],
    [
      'the first of a list',
      'dstaddr',
      value('text', { first: true }),
      `CASE WHEN element_at("at"."x-y", 1) <> '-' THEN element_at("at"."x-y", 1) END`,
    ],
  ] as const)('is converted: %s', (_, field, stored, text) => {
    expect(written(field, { values: [stored] })).toBe(text);
  });

  it('is the first of several that is there, and in the words of flow logs', () => {
    const [a, b] = [value('number', { path: ['a'] }), value('number', { path: ['b'] })];
    expect(written('bytes', { values: [a, b] })).toBe('coalesce("a", "b")');
    expect(written('action', { values: [a], words: { 1: 'ACCEPT' } })).toBe(
      `CASE "a" WHEN 1 THEN 'ACCEPT' END`,
    );
    expect(written('traffic-path', { values: [a], words: { 11: '8' } })).toBe('CASE "a" WHEN 11 THEN 8 END');
    const text = value('text', { path: ['a'] });
    expect(written('action', { values: [text], words: { Denied: 'REJECT' } })).toBe(
      `CASE "a" WHEN 'Denied' THEN 'REJECT' END`,
    );
  });

  it('is never asked of a table that does not have it', () => {
    expect(() => storedField('bytes', { columns: {} })).toThrow('the table has no bytes');
  });
});

describe('a time of a table', () => {
  it.each([
    ['number', value('number'), '"at"."x-y" >= 1772712000', '"at"."x-y" < 1772712000'],
    [
      'milliseconds',
      value('number', { unit: 'milliseconds' }),
      '"at"."x-y" >= 1772712000000',
      '"at"."x-y" < 1772712000000',
    ],
    [
      'timestamp',
      value('timestamp'),
      `"at"."x-y" >= TIMESTAMP '2026-03-05 12:00:00'`,
      `"at"."x-y" < TIMESTAMP '2026-03-05 12:00:00'`,
    ],
    [
      'day',
      value('date'),
      `"at"."x-y" >= CAST(TIMESTAMP '2026-03-05 12:00:00' AS date)`,
      `"at"."x-y" <= CAST(TIMESTAMP '2026-03-05 11:59:59' AS date)`,
    ],
    [
      'text',
      value('text'),
      'try_cast("at"."x-y" AS bigint) >= 1772712000',
      'try_cast("at"."x-y" AS bigint) < 1772712000',
    ],
  ])('is compared as the column has it, so that files are left out by it: %s', (_, stored, from, before) => {
    expect(storedFrom(stored, 1_772_712_000).text).toBe(from);
    expect(storedBefore(stored, 1_772_712_000).text).toBe(before);
    const field = storedField('end', { columns: { end: { values: [stored] } } });
    expect([field.from(1_772_712_000).text, field.before(1_772_712_000).text]).toEqual([from, before]);
  });
});
