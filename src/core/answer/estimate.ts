import type { Scan } from '../ports/scan.ts';
import { athenaDollars, type Prices } from './cost.ts';

/** What a scan will be, told before it runs. */
export interface Estimate {
  readonly bytes: number;
  /** What that costs on Athena. */
  readonly dollars: number;
  /** Text is read whole, so the sizes are what is scanned; of Parquet only some columns are. */
  readonly exact: boolean;
}

/** Adds up the files that a scan reads. */
export function estimateOf({ objects, source }: Scan, prices: Prices): Estimate {
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  return {
    bytes,
    dollars: athenaDollars(bytes, source.region, prices),
    exact: !objects.some(({ key }) => key.endsWith('.parquet')),
  };
}
