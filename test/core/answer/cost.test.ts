import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  athenaDollars,
  billedBytes,
  DEFAULT_PRICES,
  estimateOf,
  priced,
  reusedMinutes,
} from '../../../src/core/answer/cost.ts';
import { EngineError } from '../../../src/core/errors.ts';
import { parquetReads } from '../../../src/core/lake/parquet-reads.ts';
import type { Scan } from '../../../src/core/lake/scan.ts';

const MB = 1_000_000;

it.each([
  ['nothing, which is a reused result or DDL', 0, 0],
  ['a byte, which is ten megabytes', 1, 10 * MB],
  ['just below the minimum', 9_999_999, 10 * MB],
  ['the minimum', 10 * MB, 10 * MB],
  ['a byte above it, which is a megabyte more', 10 * MB + 1, 11 * MB],
  ['a whole megabyte', 12 * MB, 12 * MB],
  ['ten terabytes', 10_000_000 * MB, 10_000_000 * MB],
])('bills %s', (_, scanned, billed) => {
  expect(billedBytes(scanned)).toBe(billed);
});

it.each([
  [0, 'us-east-1', 0],
  // The minimum at $5 a terabyte is a two-hundredth of a cent, and not five cents.
  [1, 'us-east-1', 0.000_05],
  [10 * MB + 1, 'us-east-1', 0.000_055],
  [1_000_000 * MB, 'us-east-1', 5],
  [1_000_000 * MB, 'sa-east-1', 9],
  [1_000_000 * MB, 'eu-free-1', 0],
])('asks for %i bytes in %s $%d', (scanned, region, dollars) => {
  const prices = { dollarsPerTb: 5, regions: { 'sa-east-1': 9, 'eu-free-1': 0 } };
  expect(athenaDollars(scanned, region, prices)).toBeCloseTo(dollars, 12);
});

it('the default price is five dollars a terabyte', () => {
  expect(DEFAULT_PRICES).toEqual({ dollarsPerTb: 5, regions: {} });
});

function scanOf(sizes: Readonly<Record<string, number>>, region = 'us-east-1'): Scan {
  const objects = Object.entries(sizes).map(([key, bytes]) => ({ key, bytes, slot: undefined }));
  const source = { name: 'fl-1', region, fields: [] };
  return { source, tables: [], objects, unread: [], notes: [], storedRange: undefined };
}

it('the estimate adds up the files, at the price of the region', () => {
  const scan = { 'a.log.gz': 400_000_000_000, 'b.log.gz': 600_000_000_000 };
  const prices = { ...DEFAULT_PRICES, regions: { 'sa-east-1': 9 } };
  expect(estimateOf(scanOf(scan), prices)).toEqual({ bytes: 1_000_000_000_000, dollars: 5, exact: true });
  expect(estimateOf(scanOf(scan, 'sa-east-1'), prices).dollars).toBe(9);
});

it('the estimate is an upper bound where one of the files is Parquet, of which only some columns are read', () => {
  expect(estimateOf(scanOf({ 'a.log.gz': 1, 'b.log.parquet': 1 }), DEFAULT_PRICES).exact).toBe(false);
});

it('the estimate counts of large Parquet files what is read for some columns, where it is known where they are', () => {
  const chunks = { end: [[4, 1_000_000]], bytes: [[9_000_000, 2_000_000]] } as const;
  const scan = {
    ...scanOf({ 'a.log.gz': 1_000, 'b.log.parquet': 10_000_000, 'c.log.parquet': 100_000 }),
    parquetSamples: [{ bytes: 20_000_000, chunks }],
  };
  const ofSmallAndText = 101_000;
  const estimate = estimateOf(scan, DEFAULT_PRICES, ['end', 'bytes', 'srcaddr']);
  expect(estimate).toMatchObject({ exact: false, isRough: true });
  expect(estimate.bytes).toBe(ofSmallAndText + (3_000_000 + 48 * 1_024) / 2);
  expect(estimateOf(scan, DEFAULT_PRICES).isRough).toBeUndefined();
  const { parquetSamples: _unknown, ...without } = scan;
  expect(estimateOf(without, DEFAULT_PRICES, ['bytes'])).toEqual({
    bytes: 10_101_000,
    dollars: expect.any(Number),
    exact: false,
  });
});

it('the estimate counts what lies between columns where that is less than a megabyte', () => {
  const chunks = {
    end: [[4, 1_000_000]],
    bytes: [[2_000_000, 500_000]],
    start: [[5_000_000, 1_000]],
  } as const;
  const read = (...fields: readonly string[]) =>
    parquetReads([8_000_000], fields, [{ bytes: 8_000_000, chunks }]);
  expect(read('bytes', 'end')).toBe(2_499_996 + 48 * 1_024);
  expect(read('start', 'end')).toBe(1_001_000 + 48 * 1_024);
});

it('the estimate of a large Parquet file is judged by one of about its size, and by none that is read as a whole', () => {
  const third = (bytes: number) => ({ bytes, chunks: { end: [[4, bytes / 3]] } as const });
  const tenth = (bytes: number) => ({ bytes, chunks: { end: [[4, bytes / 10]] } as const });
  const samples = [
    third(30_000_000),
    tenth(6_000_000),
    { bytes: 1_000_000, chunks: { end: [[4, 900_000]] } as const },
  ];
  const read = (...sizes: readonly number[]) => parquetReads(sizes, ['end'], samples);
  const footer = (bytes: number, of: number) => (48 * 1_024 * bytes) / of;
  expect(read(40_000_000)).toBe(Math.ceil(40_000_000 / 3 + footer(4, 3)));
  expect(read(5_000_000)).toBe(Math.ceil(500_000 + footer(5, 6)));
  expect(read(2_000_000)).toBe(2_000_000);
});

it('the estimate is an upper bound where files are scanned whose records do not count', () => {
  const scan = scanOf({ 'a.log.gz': 20_000_000 });
  const objects = [
    ...scan.objects,
    { key: 'b.log.gz', bytes: 1, slot: undefined, passedOver: true as const },
  ];
  expect(estimateOf({ ...scan, objects }, DEFAULT_PRICES)).toMatchObject({ bytes: 20_000_001, exact: false });
});

it('the estimate is zero without files, and at least the price of ten megabytes with any', () => {
  expect(estimateOf(scanOf({}), DEFAULT_PRICES)).toEqual({ bytes: 0, dollars: 0, exact: true });
  expect(estimateOf(scanOf({ 'a.log.gz': 20 }), DEFAULT_PRICES).dollars).toBeCloseTo(0.00005, 10);
});

const PRICES = { ...DEFAULT_PRICES, regions: { 'sa-east-1': 9 } };

it('the error of a stopped run says what it costs in its region', () => {
  const cause = new Error('why');
  const billed = { runId: 'x-1', scannedBytes: 1_000_000_000_000 };
  const error = new EngineError('cancelled', 'stopped', { cause, billed });
  expect(priced(error, 'eu-central-1', PRICES)).toMatchObject({
    code: 'cancelled',
    message: 'stopped',
    cause,
    billed: { ...billed, dollars: 5 },
  });
  expect(priced(error, 'sa-east-1', PRICES)).toMatchObject({ billed: { dollars: 9 } });
});

it('errors of runs that cost nothing are unchanged', () => {
  const free = new EngineError('rejected', 'no SQL');
  const other = new TypeError('unforeseen');
  expect([priced(free, 'x', PRICES), priced(other, 'x', PRICES)]).toEqual([free, other]);
});

const MINUTE_MS = 60_000;
const WINDOW = { from: new Date('2026-11-22T10:00:00Z'), to: new Date('2026-11-22T11:00:00Z') };

it.each([
  ['2026-11-22T10:30:00Z', undefined],
  ['2026-11-22T11:00:00Z', undefined],
  ['2026-11-22T11:30:59Z', undefined],
  ['2026-11-22T11:31:00Z', 1],
  ['2026-11-22T12:00:30Z', 30],
  ['2026-11-22T12:30:00Z', 60],
  ['2026-12-22T00:00:00Z', 60],
])('lets a question that is asked at %s reuse a result of so many minutes: %s', (askedAt, minutes) => {
  expect(reusedMinutes(WINDOW, new Date(askedAt))).toBe(minutes);
});

it('a table without a list of files is estimated by the limit of the workgroup, and its results are not reused', () => {
  const tables = [
    { name: 'fl_1', fields: [] },
    { name: 'lake', fields: [], unlisted: { atMostBytes: 2_000_000 * MB } },
  ];
  const scan: Scan = {
    source: { name: 'lake', region: 'us-east-1', fields: [] },
    tables,
    objects: [{ key: 'a.log.gz', bytes: MB, slot: undefined }],
    unread: [],
    notes: [],
    storedRange: undefined,
  };
  expect(estimateOf(scan, DEFAULT_PRICES)).toEqual({ bytes: 2_000_000 * MB, dollars: 10, exact: false });
  const late = new Date(WINDOW.to.getTime() + 120 * MINUTE_MS);
  expect(reusedMinutes(WINDOW, late, scan)).toBeUndefined();
  expect(reusedMinutes(WINDOW, late, { tables: tables.slice(0, 1) })).toBe(60);
});

it('only a result of the last hour is reused, made at least half an hour after the end of the window', () => {
  const upToAWeekMs = fc.integer({ min: -MINUTE_MS, max: 7 * 24 * 60 * MINUTE_MS });
  const waitedMs = fc.integer({ min: 0, max: 24 * 60 * MINUTE_MS });
  fc.assert(
    fc.property(upToAWeekMs, waitedMs, (agoMs, waited) => {
      const askedMs = WINDOW.to.getTime() + agoMs;
      const minutes = reusedMinutes(WINDOW, new Date(askedMs));
      if (minutes === undefined) {
        expect(agoMs).toBeLessThan(31 * MINUTE_MS);
        return;
      }
      expect(Number.isInteger(minutes)).toBe(true);
      expect(minutes).toBeGreaterThanOrEqual(1);
      expect(minutes).toBeLessThanOrEqual(60);
      const oldestMadeMs = askedMs + waited - minutes * MINUTE_MS;
      expect(oldestMadeMs).toBeGreaterThanOrEqual(WINDOW.to.getTime() + 30 * MINUTE_MS);
    }),
    { seed: 5 },
  );
});
