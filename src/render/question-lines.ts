import type { Answer } from '../core/answer/answer.ts';
import type { Expected } from '../core/answer/cost.ts';
import type { Scan } from '../core/lake/scan.ts';
import type { QuestionOrCommand } from '../core/operation/request.ts';
import { showWindow } from '../core/time/show-time.ts';
import { plural, showBytes, showDollars, showElapsed } from '../core/wording.ts';

/** What was understood: the canonical line, and the window in the asker's time zone and UTC. */
export function questionLine({
  line,
  window,
  zone,
}: Pick<QuestionOrCommand, 'line' | 'window' | 'zone'>): string {
  return window === undefined ? line : `${line} · ${showWindow(window, zone)}`;
}

/** How many questions are answered before this one: `Waiting: 2 questions come first`. */
export function waitingLine(before: number): string {
  return `Waiting: ${plural(before, 'question comes', 'questions come')} first`;
}

/** What is going to be read, and its price: `Reading 12 files (4.1 MB), about $0.00005 on Athena`. */
export function readingLine({ objects }: Scan, expected?: Expected): string {
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  return `Reading ${plural(objects.length, 'file')} (${showBytes(bytes)}), ${expectedPrice(expected)}`;
}

function expectedPrice(expected: Expected | undefined): string {
  if (expected === undefined || !expected.billed) return 'free on the embedded engine';
  return `${expected.exact ? 'about' : 'at most about'} ${showDollars(expected.dollars)} on Athena`;
}

/** The receipt: `412 rows · 0.8 s · scanned 12.4 MB · duckdb, free · the same scan on Athena: about $0.00006`. */
export function receiptLine({ rowCount, truncated, run, cost, billed, threadDollars }: Answer): string {
  const amount = `${truncated ? 'first ' : ''}${plural(rowCount, 'row')}`;
  const parts = [amount, showElapsed(run.elapsedMs), scanned(run), price(billed, cost)];
  const isThreadDearer = billed && threadDollars > cost.dollars;
  return [...parts, ...(isThreadDearer ? [`this thread ${showDollars(threadDollars)}`] : [])].join(' · ');
}

/** The receipt in a glance: `412 rows · 0.8 s · free`, or `412 rows · 12.0 s · about $0.02, this thread $0.05`. */
export function shortReceipt({ rowCount, truncated, run, cost, billed, threadDollars }: Answer): string {
  const amount = `${truncated ? 'more than ' : ''}${plural(rowCount, 'row')}`;
  const own = billed ? `about ${showDollars(cost.dollars)}` : 'free';
  const thread = billed && threadDollars > cost.dollars ? `, this thread ${showDollars(threadDollars)}` : '';
  return [amount, showElapsed(run.elapsedMs), `${own}${thread}`].join(' · ');
}

function scanned({ reused, isShared, scannedBytes }: Answer['run']): string {
  if (isShared === true) return 'scanned once, for the same question a moment before';
  return reused ? 'an earlier result, nothing scanned' : `scanned ${showBytes(scannedBytes)}`;
}

function price(billed: boolean, { dollars, athenaDollars }: Answer['cost']): string {
  if (billed) return `athena, about ${showDollars(dollars)}`;
  return `duckdb, free · the same scan on Athena: about ${showDollars(athenaDollars)}`;
}
