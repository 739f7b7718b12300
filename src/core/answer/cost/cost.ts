/** What a scan costs on Athena, in US dollars. */
export interface Cost {
  /** What was billed for this run; an embedded engine bills nothing. */
  readonly dollars: number;
  /** What the same scan costs on Athena. */
  readonly athenaDollars: number;
}

/** Athena's price by region. */
export interface Prices {
  readonly dollarsPerTb: number;
  readonly regions: Readonly<Record<string, number>>;
}

/** $5.00 a terabyte is the price of us-east-1 and most regions (AWS Pricing API, 2026-08); others are configured. */
export const DEFAULT_PRICES: Prices = { dollarsPerTb: 5, regions: {} };

/**
 * AWS says "rounded up to the nearest megabyte, 10 MB minimum per query" without saying which megabyte; the
 * decimal one is used, as in the API's smallest cutoff of 10,000,000 bytes. The two differ by up to 10 %.
 */
const MB = 1_000_000;
const TB = 1_000_000_000_000;
const MINIMUM_MB = 10;

/** The bytes that Athena bills for a scan; a scan of nothing (a reused result, DDL) bills nothing. */
export function billedBytes(scannedBytes: number): number {
  if (scannedBytes === 0) return 0;
  return Math.max(Math.ceil(scannedBytes / MB), MINIMUM_MB) * MB;
}

/** What a scan of so many bytes costs on Athena in a region; 10 MB at $5 a terabyte is about $0.00005. */
export function athenaDollars(scannedBytes: number, region: string, prices: Prices): number {
  const dollarsPerTb = prices.regions[region] ?? prices.dollarsPerTb;
  return (billedBytes(scannedBytes) / TB) * dollarsPerTb;
}
