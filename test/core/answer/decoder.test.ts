import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecoder, type Decoded } from '../../../src/core/answer/decoder.ts';
import type { ResultPart } from '../../../src/core/answer/engine.ts';
import type { Cell, Row } from '../../../src/core/query/columns.ts';
import {
  addressColumn,
  bytesColumn,
  momentColumn,
  optionalCountColumn,
  portColumn,
  protocolColumn,
} from '../../../src/core/query/columns.ts';
import { COVERAGE_COLUMNS } from '../../../src/core/query/coverage-columns.ts';

const SPEC = {
  source: addressColumn('From'),
  port: portColumn(),
  protocol: protocolColumn(),
  bytes: bytesColumn(),
  flags: optionalCountColumn('Flags'),
  seen: momentColumn('Seen'),
};
const COLUMNS = [...COVERAGE_COLUMNS, 'total_busy_ports', ...Object.keys(SPEC)];
const AT = Date.UTC(2026, 10, 22, 10) / 1000;

/** What a result becomes that comes in one part, and is held as a whole. */
async function decode(part: ResultPart, longestList?: number): Promise<Decoded> {
  const decoder = createDecoder({
    spec: SPEC,
    totals: ['busyPorts'],
    longestList,
    held: 1_000,
    file: undefined,
  });
  await decoder.take(part);
  return decoder.decoded();
}

/** What a run becomes whose row of coverage and whose one row of the answer hold these cells. */
const decoded = (coverage: readonly Cell[], ...answer: readonly (readonly Cell[])[]) =>
  decode({
    columns: COLUMNS,
    rows: [
      [...coverage, null, 3, 'of', 'all', 6, null, '', 0],
      ...answer.map((cells) => [...NONE, ...cells]),
    ],
  });
/** Before the answer's own columns: none of coverage, and the total. */
const NONE: readonly Cell[] = [null, null, null, null, null, null, null, '3'];

it('a long part is decoded in many turns of the event loop, and comes whole and in order', async () => {
  const written: Row[] = [];
  const file = {
    rowLimit: 100_000,
    write: async (_: unknown, rows: readonly Row[]) => void written.push(...rows),
  };
  const options = { spec: SPEC, totals: ['busyPorts'], longestList: undefined, held: 10, file };
  const decoder = createDecoder(options);
  const row = (port: number) => [...NONE, '10.0.0.1', port, 6, 1, 0, AT];
  let turns = 0;
  const count = () => {
    turns += 1;
    again = setImmediate(count);
  };
  let again = setImmediate(count);
  const coverage = [2, 1, '', 0, 4, AT, null, 3, 'of', 'all', 6, null, '', 0];
  const rows = Array.from({ length: 2_048 }, (_, port) => row(port));
  await decoder.take({ columns: COLUMNS, rows: [coverage, ...rows] });
  clearImmediate(again);
  expect(turns).toBeGreaterThanOrEqual(7);
  expect(written.map(({ port }) => port)).toEqual(Array.from({ length: 2_048 }, (_, port) => port));
  expect(decoder.decoded().amount).toBe(2_048);
});

describe.each<readonly [string, readonly Cell[], readonly Cell[]]>([
  [
    'text, as Athena returns',
    ['2', '1', 'eni-1,eni-2', '0', '4', String(AT)],
    ['10.0.0.1', '443', '6', '9007199254740993', '18', String(AT)],
  ],
  [
    'numbers, as DuckDB returns',
    [2n, 1n, 'eni-1,eni-2', 0n, 4n, BigInt(AT)],
    ['10.0.0.1', 443, 6, 9_007_199_254_740_993n, 18, BigInt(AT)],
  ],
])('cells that are %s', (_, coverage, cells) => {
  it('become the same values', async () => {
    expect(await decoded(coverage, cells)).toEqual({
      amount: 1,
      counts: { matched: 2, skipData: 1, skippedAt: ['eni-1', 'eni-2'], noData: 0, otherStatus: 4 },
      totals: { busyPorts: 3 },
      recordedNames: [],
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

it('the first row is decoded as coverage only', async () => {
  const { rows, counts, totals, newestEndSeconds } = await decoded([0n, 0n, null, 0n, 0n, null]);
  expect(rows).toEqual([]);
  expect(counts).toEqual({ matched: 0, skipData: 0, skippedAt: [], noData: 0, otherStatus: 0 });
  expect(totals).toEqual({ busyPorts: 0 });
  expect(newestEndSeconds).toBeUndefined();
});

it('a list is counted by its rows, up to its limit', async () => {
  const cells = ['10.0.0.1', 443, 6, 1, null, AT];
  const rows = [
    [null, null, null, null, null, AT + 60, null, 0, ...cells],
    [null, null, null, null, null, AT, null, 0, ...cells],
    [0, 1, 'eni-1', null, 0, AT + 90, null, 0, null, null, null, null, null, null],
  ];
  const list = await decode({ columns: COLUMNS, rows }, 3);
  expect(list.rows).toHaveLength(2);
  expect(list.counts).toEqual({
    matched: 2,
    skipData: 1,
    skippedAt: ['eni-1'],
    noData: undefined,
    otherStatus: 0,
  });
  expect(list.newestEndSeconds).toBe(AT + 90);
  const cut = await decode({ columns: COLUMNS, rows: rows.slice(0, 2) }, 2);
  expect(cut.counts).toMatchObject({ matched: undefined, skipData: undefined, otherStatus: undefined });
  expect(await decode({ columns: COLUMNS, rows: [] }, 2)).toMatchObject({
    counts: { matched: 0, skipData: 0 },
    newestEndSeconds: undefined,
  });
});

it('absent text is decoded as the log writes it, and absent numbers as null', async () => {
  const { rows } = await decoded([1n, 0n, null, 0n, 0n, AT], [null, null, null, null, null, null]);
  expect(rows[0]).toEqual({
    source: '-',
    port: null,
    protocol: null,
    bytes: null,
    flags: null,
    seen: null,
  });
});

it.each<readonly [string, Cell]>([
  ['text that is no number', 'many'],
  ['a fraction', 1.5],
  ['digits with a fraction', '1.5'],
  ['an empty text', ''],
  ['a truth value', true],
])('refuses %s where a whole number belongs', async (_, cell) => {
  const cells = ['a', 1, 6, cell, null, AT];
  await expect(decoded([1, 0, null, 0, 0, AT], cells)).rejects.toThrow(/expected a whole number/);
});

it.each([-1, 253_402_300_800, 9_007_199_254_740_993n])('%s seconds decode to no time', async (seconds) => {
  const { rows } = await decoded([1n, 0n, null, 0n, 0n, AT], ['a', 1, 6, 1, 1, seconds]);
  expect(rows[0]).toMatchObject({ seen: null });
});

it('a number in a column of text is refused', async () => {
  const cells = [7, 1, 6, 1, null, AT];
  await expect(decoded([1, 0, null, 0, 0, AT], cells)).rejects.toThrow('expected text, got number');
});

it('unexpected columns, and an answer without coverage, are refused', async () => {
  const none = { columns: COLUMNS, rows: [] };
  const swapped = { columns: COLUMNS.toReversed(), rows: [] };
  await expect(decode(swapped)).rejects.toThrow(/the engine returned/);
  await expect(decode(none)).rejects.toThrow('the engine returned no coverage');
  const uncounted = { columns: COLUMNS, rows: [rowOf(1)] };
  await expect(decode(uncounted)).rejects.toThrow('the engine returned no coverage');
});

/** Rows of an answer, numbered by their port. */
const rowOf = (port: number): readonly Cell[] => [...NONE, 'a', port, 6, 1, null, AT];
const OF_COVERAGE: readonly Cell[] = [9, 0, null, 0, 0, AT, 0, 'of', 'all', 6, null, '', 0];
const portsOf = (rows: readonly Row[]) => rows.map(({ port }) => port);

it('the first rows are held and all are passed on once the limit of held rows is reached, whatever the batches', async () => {
  const some = fc.record({
    sizes: fc.array(fc.nat(12), { minLength: 1, maxLength: 8 }),
    held: fc.integer({ min: 1, max: 20 }),
    more: fc.nat(20),
  });
  await fc.assert(
    fc.asyncProperty(some, async ({ sizes, held, more }) => {
      const written: Row[] = [];
      const file = {
        rowLimit: held + more,
        write: async (_: unknown, rows: readonly Row[]) => void written.push(...rows),
      };
      const decoder = createDecoder({
        spec: SPEC,
        totals: ['busyPorts'],
        longestList: undefined,
        held,
        file,
      });
      await decoder.take({ columns: COLUMNS, rows: [OF_COVERAGE] });
      let amount = 0;
      for (const size of sizes) {
        const rows = Array.from({ length: size }, (_, index) => rowOf(amount + index));
        amount += size;
        await decoder.take({ columns: COLUMNS, rows });
      }
      const ports = Array.from({ length: amount }, (_, index) => index);
      const { rows, ...counted } = decoder.decoded();
      expect(portsOf(rows)).toEqual(ports.slice(0, held));
      expect(counted.amount).toBe(amount);
      expect(portsOf(written)).toEqual(amount < held ? [] : ports.slice(0, held + more));
    }),
    { seed: 11 },
  );
});
