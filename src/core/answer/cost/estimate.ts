import type { Scan } from '../../ports/scan.ts';
import { athenaDollars, type Prices } from './cost.ts';

/** What a scan will be, told before it runs. */
export interface Estimate {
  readonly bytes: number;
  /** What that costs on Athena. */
  readonly dollars: number;
  /**
   * Text is read whole, so the sizes are what is scanned; of Parquet only some columns are, and of files whose records
   * do not count an engine may spare what it can.
   */
  readonly exact: boolean;
}

/** An estimate, and whether the engine bills it. */
export interface Expected extends Estimate {
  readonly billed: boolean;
}

/** Adds up the files that a scan reads. */
export function estimateOf({ objects, source }: Scan, prices: Prices): Estimate {
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  return {
    bytes,
    dollars: athenaDollars(bytes, source.region, prices),
    exact: !objects.some(({ key, passedOver }) => key.endsWith('.parquet') || passedOver === true),
  };
}
