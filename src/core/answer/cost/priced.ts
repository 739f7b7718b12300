import { EngineError } from '../../errors.ts';
import { athenaDollars, type Prices } from './cost.ts';

/** The error of a run that is charged all the same, with its dollars; any other error as it is. */
export function priced(error: unknown, region: string, prices: Prices): unknown {
  if (!(error instanceof EngineError) || error.billed === undefined) return error;
  const { code, message, cause, billed } = error;
  const dollars = athenaDollars(billed.scannedBytes, region, prices);
  return new EngineError(code, message, { cause, billed: { ...billed, dollars } });
}
