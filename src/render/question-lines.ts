import type { Answer } from '../core/answer/answer.ts';
import type { Expected } from '../core/answer/cost.ts';
import type { Fetched, FetchedEvents, Fetches } from '../core/lake/fetches.ts';
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

/** What has come so far: `Fetching from CloudWatch Logs: 12,400 records (3.1 MB) so far`. */
export function fetchingLine({ events, bytes }: FetchedEvents): string {
  return `Fetching from CloudWatch Logs: ${plural(events, 'record')} (${showBytes(bytes)}) so far`;
}

/** What is going to be read, and its price: `Reading 12 files (4.1 MB), about $0.00005 on Athena`; and the other price where there is one. */
export function readingLine(
  { objects, direct, fetchable, tables, insights }: Scan,
  expected?: Expected,
): string {
  if (insights !== undefined && expected !== undefined)
    return `Asking CloudWatch Logs Insights, which reads about ${showBytes(expected.bytes)}, about ${showDollars(expected.dollars)}`;
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  if (direct !== undefined && direct.files > 0)
    return `Fetching ${plural(direct.files, 'file')} (${showBytes(direct.bytes)}) from S3, not billed by Athena${wouldCost(expected)}`;
  const unlisted = tables.filter((table) => table.unlisted !== undefined);
  const files = `${plural(objects.length, 'file')} (${showBytes(bytes)})`;
  if (unlisted.length === 0) return `Reading ${files}, ${expectedPrice(expected)}${couldFetch(fetchable)}`;
  const parts = [
    ...(objects.length === 0 ? [] : [files]),
    ...unlisted.map(({ name }) => `the table ${name}`),
  ];
  return `Reading ${parts.join(' and ')}; how much is scanned is not known before${expected === undefined ? '' : `: ${showBytes(expected.bytes)} at most, ${dollarsOnAthena(expected)}`}`;
}

function couldFetch(fetchable: Fetches | undefined): string {
  if (fetchable === undefined) return '';
  return ` (\`engine=direct\` would fetch up to ${showBytes(fetchable.bytes)} and cost nothing there)`;
}

function wouldCost(expected: Expected | undefined): string {
  return expected === undefined ? '' : `, which would ask about ${showDollars(expected.dollars)}`;
}

function expectedPrice(expected: Expected | undefined): string {
  if (expected === undefined || !expected.billed) return 'free on the embedded engine';
  return `${expected.exact || expected.isRough ? '' : 'at most '}${dollarsOnAthena(expected)}`;
}

function dollarsOnAthena({ dollars }: Expected): string {
  return `about ${showDollars(dollars)} on Athena`;
}

/** The receipt: `412 rows · 0.8 s · scanned 12.4 MB · duckdb, free · the same scan on Athena: about $0.00006`. */
export function receiptLine(answer: Answer): string {
  const { rowCount, truncated, run, cost, billed, threadDollars } = answer;
  const amount = `${truncated ? 'first ' : ''}${plural(rowCount, 'row')}`;
  const parts = [amount, showElapsed(run.elapsedMs), scanned(run), price(answer)];
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

/** `fetched 12 files (4.1 MB) from S3 in 12 GETs`, `fetched 1,240 records (310 KB) from CloudWatch Logs in 3 calls`, or that all was kept. */
function fetchedWords({ files, bytes, gets, events }: Fetched): string {
  const fetched = [
    files > 0 && `${plural(files, 'file')} (${showBytes(bytes)}) from S3 in ${plural(gets, 'GET')}`,
    events !== undefined &&
      events.calls > 0 &&
      `${plural(events.events, 'record')} (${showBytes(events.bytes)}) from CloudWatch Logs in ${plural(events.calls, 'call')}`,
  ].filter((words) => words !== false);
  if (fetched.length > 0) return `fetched ${fetched.join(' and ')}`;
  return events === undefined ? 'all files were kept' : 'all records were kept';
}

function price({
  billed,
  cost: { dollars, athenaDollars },
  run: { fetched, insights },
}: Pick<Answer, 'billed' | 'cost' | 'run'>): string {
  if (billed) return `${insights === undefined ? 'athena' : 'Logs Insights'}, about ${showDollars(dollars)}`;
  // Athena reads no log group.
  if (fetched?.events !== undefined) return `${fetchedWords(fetched)}, duckdb, free`;
  if (fetched !== undefined)
    return `${fetchedWords(fetched)}, duckdb, free · the same scan on Athena: about ${showDollars(athenaDollars)}`;
  return `duckdb, free · the same scan on Athena: about ${showDollars(athenaDollars)}`;
}
