import { showInteger } from '../core/wording.ts';

const CENT = 0.01;
const DECIMALS_BELOW_A_CENT = 5;
const LEAST = 10 ** -DECIMALS_BELOW_A_CENT;

/** Writes dollars: cents as usual, and below a cent as many decimals as a scan of 10 MB needs, `$0.00005`. */
export function showDollars(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars < LEAST) return `less than $${LEAST.toFixed(DECIMALS_BELOW_A_CENT)}`;
  if (dollars >= CENT) return `$${dollars.toFixed(2)}`;
  return `$${dollars.toFixed(DECIMALS_BELOW_A_CENT).replace(/0+$/, '')}`;
}

/** Writes how long something took: `80 ms`, `0.8 s`, `1 min 5 s`. */
export function showElapsed(elapsedMs: number): string {
  if (elapsedMs < 100) return `${Math.max(Math.round(elapsedMs), 1)} ms`;
  const tenths = Math.round(elapsedMs / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(elapsedMs / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Writes an amount with its noun: `1 row`, `23,455 rows`; `many` where the plural is not made with an `s`. */
export function counted(amount: number, one: string, many = `${one}s`): string {
  return `${showInteger(amount)} ${amount === 1 ? one : many}`;
}
