import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/answer/decode.ts';
import { COVERAGE_COLUMNS, PRESENT_COLUMN } from '../../../src/core/answer/statement.ts';
import type { Cell } from '../../../src/core/columns/column.ts';
import * as column from '../../../src/core/columns/kinds.ts';

const SPEC = {
  source: column.address('From'),
  port: column.port(),
  protocol: column.protocol(),
  bytes: column.bytes(),
  flags: column.optionalCount('Flags'),
  seen: column.moment('Seen'),
};
const COLUMNS = [...COVERAGE_COLUMNS, PRESENT_COLUMN, ...Object.keys(SPEC)];
const AT = Date.UTC(2026, 10, 22, 10) / 1000;

const decoded = (rows: readonly (readonly Cell[])[]) => decode({ columns: COLUMNS, rows }, SPEC);

describe.each<readonly [string, readonly Cell[], readonly Cell[]]>([
  [
    'text, as Athena returns',
    ['3', '2', '1', '0', String(AT)],
    ['true', '10.0.0.1', '443', '6', '9007199254740993', '18', String(AT)],
  ],
  [
    'numbers, as DuckDB returns',
    [3n, 2n, 1n, 0n, BigInt(AT)],
    [true, '10.0.0.1', 443, 6, 9_007_199_254_740_993n, 18, BigInt(AT)],
  ],
])('cells that are %s', (_, counts, cells) => {
  it('become the same values', () => {
    expect(decoded([[...counts, ...cells]])).toEqual({
      counts: { records: 3, flows: 2, skipData: 1, noData: 0 },
      newestEndSeconds: AT,
      rows: [
        {
          source: '10.0.0.1',
          port: 443,
          protocol: 6,
          bytes: 9_007_199_254_740_993n,
          flags: 18,
          seen: new Date('2026-11-22T10:00:00Z'),
        },
      ],
    });
  });
});

it('takes the one row of an empty answer for coverage alone', () => {
  const { rows, counts, newestEndSeconds } = decoded([
    [0n, 0n, 0n, 0n, null, ...COLUMNS.slice(5).map(() => null)],
  ]);
  expect(rows).toEqual([]);
  expect(counts).toEqual({ records: 0, flows: 0, skipData: 0, noData: 0 });
  expect(newestEndSeconds).toBeUndefined();
});

it('shows absent text as the log does, and absent numbers as null', () => {
  const { rows } = decoded([[1n, 1n, 0n, 0n, AT, true, null, null, null, 0, null, AT]]);
  expect(rows[0]).toMatchObject({ source: '-', port: null, protocol: null, flags: null });
});

it.each<readonly [string, Cell]>([
  ['text that is no number', 'many'],
  ['a fraction', 1.5],
  ['digits with a fraction', '1.5'],
  ['an empty text', ''],
  ['nothing', null],
  ['a truth value', true],
])('refuses %s where a whole number belongs', (_, cell) => {
  expect(() => decoded([[1, 1, 0, 0, AT, true, 'a', 1, 6, cell, null, AT]])).toThrow(
    /expected a whole number/,
  );
});

it('refuses a number where text belongs', () => {
  expect(() => decoded([[1, 1, 0, 0, AT, true, 7, 1, 6, 1, null, AT]])).toThrow('expected text, got number');
});

it('refuses columns that were not asked for, and no row at all', () => {
  expect(() => decode({ columns: COLUMNS.toReversed(), rows: [] }, SPEC)).toThrow(/the engine returned/);
  expect(() => decoded([])).toThrow('the engine returned no coverage');
});
