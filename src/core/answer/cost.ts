import { EngineError } from '../errors.ts';
import type { Fetches } from '../lake/fetches.ts';
import { parquetReads } from '../lake/parquet-reads.ts';
import { mostBytesOf, type Scan } from '../lake/scan.ts';
import type { Window } from '../time/window.ts';

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

/** The estimate of a scan, before it runs. */
export interface Estimate {
  readonly bytes: number;
  /** What that costs on Athena. */
  readonly dollars: number;
  /**
   * Text is read whole, so the sizes are what is scanned; of Parquet only some columns are, and of files whose records
   * do not count an engine may spare what it can.
   */
  readonly exact: boolean;
  /** Set where the bytes are worked out from a part of what is read, so that it may be a little more or less. */
  readonly isRough?: true;
  /** What would be fetched at most to read the same without Athena; left out where that is out of the question. */
  readonly fetchable?: Fetches | undefined;
}

/** An estimate, and whether the engine bills it. */
export interface Expected extends Estimate {
  readonly billed: boolean;
}

/**
 * Adds up what a scan reads: files of text, and of Parquet the columns of fields, as far as it is known how large they are. Where Logs
 * Insights is asked it is what that reads: a gigabyte costs there $0.005 in us-east-1, as on Athena, and about as much as there in
 * others. @see https://aws.amazon.com/cloudwatch/pricing/
 */
export function estimateOf(scan: Scan, prices: Prices, fields: readonly string[] = []): Estimate {
  const { objects, source, tables, fetchable, insights, parquetSamples = [] } = scan;
  if (insights !== undefined) {
    const bytes = insights.reduce((sum, plan) => sum + plan.bytes, 0);
    return { bytes, dollars: athenaDollars(bytes, source.region, prices), exact: false, isRough: true };
  }
  const parquet = objects.filter(({ key }) => key.endsWith('.parquet'));
  const isListed = tables.every(({ unlisted }) => unlisted === undefined);
  const isSampled = isListed && fields.length > 0 && parquetSamples.length > 0;
  const whole = mostBytesOf(scan);
  const sizes = parquet.map(({ bytes }) => bytes);
  const ofParquet = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const bytes = isSampled ? whole - ofParquet + parquetReads(sizes, fields, parquetSamples) : whole;
  const isPassing = objects.some(({ passedOver }) => passedOver === true);
  const exact = isListed && !isPassing && parquet.length === 0;
  return {
    bytes,
    dollars: athenaDollars(bytes, source.region, prices),
    exact,
    ...(!exact && !isPassing && isSampled && { isRough: true }),
    ...(fetchable !== undefined && { fetchable }),
  };
}

/** The error of a run that is charged all the same, with its dollars; any other error as it is. */
export function priced(error: unknown, region: string, prices: Prices): unknown {
  if (!(error instanceof EngineError) || error.billed === undefined) return error;
  const { code, message, cause, billed } = error;
  const dollars = athenaDollars(billed.scannedBytes, region, prices);
  return new EngineError(code, message, { cause, billed: { ...billed, dollars } });
}

/** Files of a window come for half an hour after its end at most. */
const SETTLED_MINUTES = 30;

/** Even of a window that ended long ago: its files or its table may have been repaired since. */
const MOST_MINUTES = 60;

/**
 * How old an earlier result of the same statement may be to replace a new one, in whole minutes, at least 1: as old
 * as it can be and still be made when all files of the window were there. Undefined when none may. It is computed
 * from when the question was asked, so that it is the same for every attempt at it, and an attempt made later only
 * reuses what is younger still.
 */
export function reusedMinutes(
  { to }: Window,
  askedAt: Date,
  { tables }: Pick<Scan, 'tables'> = { tables: [] },
): number | undefined {
  // When the last records come into a table without a list of files is not known; and S3 Tables takes no such request.
  if (tables.some(({ unlisted }) => unlisted !== undefined)) return undefined;
  const minutes = Math.floor((askedAt.getTime() - to.getTime()) / 60_000) - SETTLED_MINUTES;
  return minutes < 1 ? undefined : Math.min(minutes, MOST_MINUTES);
}
