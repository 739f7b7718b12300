import type { Answer } from '../../core/answer/answer.ts';
import { showBytes } from '../../core/columns/show-bytes.ts';
import { showInteger } from '../../core/columns/show-integer.ts';
import { showDollars } from './show-dollars.ts';
import { showElapsed } from './show-elapsed.ts';

/** The cost line: `412 rows · 0.8 s · scanned 12.4 MB · duckdb, free · the same scan on Athena: about $0.00006`. */
export function receiptOf({ rowCount, truncated, run, cost, billed, threadDollars }: Answer): string {
  const amount = `${truncated ? 'first ' : ''}${showInteger(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}`;
  const parts = [amount, showElapsed(run.elapsedMs), scanned(run), priced(cost, billed)];
  const total = billed && threadDollars > cost.dollars;
  return [...parts, ...(total ? [`this thread ${showDollars(threadDollars)}`] : [])].join(' · ');
}

function scanned({ reused, scannedBytes }: Answer['run']): string {
  return reused ? 'an earlier result, nothing scanned' : `scanned ${showBytes(scannedBytes)}`;
}

function priced({ dollars, athenaDollars }: Answer['cost'], billed: boolean): string {
  if (billed) return `athena, about ${showDollars(dollars)}`;
  return `duckdb, free · the same scan on Athena: about ${showDollars(athenaDollars)}`;
}
