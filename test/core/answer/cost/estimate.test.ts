import { expect, it } from 'vitest';
import { DEFAULT_PRICES, estimateOf } from '../../../../src/core/answer/cost.ts';
import type { Scan } from '../../../../src/core/lake/scan.ts';

function scanOf(sizes: Readonly<Record<string, number>>, region = 'us-east-1'): Scan {
  const objects = Object.entries(sizes).map(([key, bytes]) => ({ key, bytes, slot: undefined }));
  const source = { name: 'fl-1', region, fields: [] };
  return { source, tables: [], objects, unread: [], notes: [], extent: undefined };
}

it('adds up the files, at the price of the region', () => {
  const scan = { 'a.log.gz': 400_000_000_000, 'b.log.gz': 600_000_000_000 };
  const prices = { ...DEFAULT_PRICES, regions: { 'sa-east-1': 9 } };
  expect(estimateOf(scanOf(scan), prices)).toEqual({ bytes: 1_000_000_000_000, dollars: 5, exact: true });
  expect(estimateOf(scanOf(scan, 'sa-east-1'), prices).dollars).toBe(9);
});

it('is the most that a scan can be where one of the files is Parquet, of which only some columns are read', () => {
  expect(estimateOf(scanOf({ 'a.log.gz': 1, 'b.log.parquet': 1 }), DEFAULT_PRICES).exact).toBe(false);
});

it('is the most that a scan can be where files are scanned whose records do not count', () => {
  const scan = scanOf({ 'a.log.gz': 20_000_000 });
  const objects = [
    ...scan.objects,
    { key: 'b.log.gz', bytes: 1, slot: undefined, passedOver: true as const },
  ];
  expect(estimateOf({ ...scan, objects }, DEFAULT_PRICES)).toMatchObject({ bytes: 20_000_001, exact: false });
});

it('is nothing for nothing, and no less than ten megabytes for anything', () => {
  expect(estimateOf(scanOf({}), DEFAULT_PRICES)).toEqual({ bytes: 0, dollars: 0, exact: true });
  expect(estimateOf(scanOf({ 'a.log.gz': 20 }), DEFAULT_PRICES).dollars).toBeCloseTo(0.00005, 10);
});
