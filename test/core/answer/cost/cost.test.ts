import { expect, it } from 'vitest';
import { athenaDollars, billedBytes, DEFAULT_PRICES } from '../../../../src/core/answer/cost.ts';

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

it('takes five dollars a terabyte where nothing else is configured', () => {
  expect(DEFAULT_PRICES).toEqual({ dollarsPerTb: 5, regions: {} });
});
