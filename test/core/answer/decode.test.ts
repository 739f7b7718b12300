import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/answer/decode.ts';
import type { Cell } from '../../../src/core/columns/column.ts';
import * as column from '../../../src/core/columns/kinds.ts';
import { COVERAGE_COLUMNS } from '../../../src/core/selection/coverage-columns.ts';

const SPEC = {
  source: column.address('From'),
  port: column.port(),
  protocol: column.protocol(),
  bytes: column.bytes(),
  flags: column.optionalCount('Flags'),
  seen: column.moment('Seen'),
};
const COLUMNS = [...COVERAGE_COLUMNS, ...Object.keys(SPEC)];
const AT = Date.UTC(2026, 10, 22, 10) / 1000;

/** What a run becomes whose row of coverage and whose one row of the answer hold these cells. */
const decoded = (coverage: readonly Cell[], ...answer: readonly (readonly Cell[])[]) =>
  decode(
    {
      columns: COLUMNS,
      rows: [[...coverage, 'of', 'all', 6, null, '', 0], ...answer.map((cells) => [...NONE, ...cells])],
    },
    SPEC,
  );
const NONE: readonly Cell[] = [null, null, null, null];

describe.each<readonly [string, readonly Cell[], readonly Cell[]]>([
  [
    'text, as Athena returns',
    ['2', '1', '0', String(AT)],
    ['10.0.0.1', '443', '6', '9007199254740993', '18', String(AT)],
  ],
  [
    'numbers, as DuckDB returns',
    [2n, 1n, 0n, BigInt(AT)],
    ['10.0.0.1', 443, 6, 9_007_199_254_740_993n, 18, BigInt(AT)],
  ],
])('cells that are %s', (_, coverage, cells) => {
  it('become the same values', () => {
    expect(decoded(coverage, cells)).toEqual({
      counts: { matched: 2, skipData: 1, noData: 0 },
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

it('takes the first row for coverage alone', () => {
  const { rows, counts, newestEndSeconds } = decoded([0n, 0n, 0n, null]);
  expect(rows).toEqual([]);
  expect(counts).toEqual({ matched: 0, skipData: 0, noData: 0 });
  expect(newestEndSeconds).toBeUndefined();
});

it('counts a list by its rows, as far as it goes', () => {
  const cells = ['10.0.0.1', 443, 6, 1, null, AT];
  const rows = [
    [null, null, null, AT + 60, ...cells],
    [null, null, null, AT, ...cells],
    [0, 1, null, AT + 90, null, null, null, null, null, null],
  ];
  const list = decode({ columns: COLUMNS, rows }, SPEC, 3);
  expect(list.rows).toHaveLength(2);
  expect(list.counts).toEqual({ matched: 2, skipData: 1, noData: undefined });
  expect(list.newestEndSeconds).toBe(AT + 90);
  const cut = decode({ columns: COLUMNS, rows: rows.slice(0, 2) }, SPEC, 2);
  expect(cut.counts).toEqual({ matched: undefined, skipData: undefined, noData: undefined });
  expect(decode({ columns: COLUMNS, rows: [] }, SPEC, 2)).toMatchObject({
    counts: { matched: 0, skipData: 0 },
    newestEndSeconds: undefined,
  });
});

it('shows absent text as the log does, and absent numbers as null', () => {
  const { rows } = decoded([1n, 0n, 0n, AT], [null, null, null, 0, null, AT]);
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
  expect(() => decoded([1, 0, 0, AT], ['a', 1, 6, cell, null, AT])).toThrow(/expected a whole number/);
});

it('refuses a number where text belongs', () => {
  expect(() => decoded([1, 0, 0, AT], [7, 1, 6, 1, null, AT])).toThrow('expected text, got number');
});

it('refuses columns that were not asked for, and an answer without coverage', () => {
  expect(() => decode({ columns: COLUMNS.toReversed(), rows: [] }, SPEC)).toThrow(/the engine returned/);
  expect(() => decode({ columns: COLUMNS, rows: [] }, SPEC)).toThrow('the engine returned no coverage');
  expect(() => decoded(NONE)).toThrow('the engine returned no coverage');
});
