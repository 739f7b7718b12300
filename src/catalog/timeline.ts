import { fromUnixTime, getUnixTime } from 'date-fns';
import { knownOf } from '../core/answer/coverage/log-coverage.ts';
import type { AddressRange } from '../core/flow-log/addresses.ts';
import { option, optional } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import { momentColumn, optionalCountColumn, textColumn } from '../core/query/columns.ts';
import type { Coverage } from '../core/query/coverage.ts';
import { passing, sentBy, sentTo, touches } from '../core/query/filters.ts';
import { anAddress, capitalised, type Phrase, phrase } from '../core/query/finding.ts';
import { flow } from '../core/query/flow-columns.ts';
import { defineQuery } from '../core/query/query.ts';
import { allOf, sql } from '../core/sql/sql.ts';
import type { Window } from '../core/time/window.ts';
import { type Integer, showInteger } from '../core/wording.ts';

export const timeline = defineQuery({
  name: 'timeline',
  summary: 'Accepted and rejected records over time',
  about:
    'A record counts where it began, or in the first bucket when it began before the window. Records are counted at ' +
    'every interface that saw the traffic: the course over time is what to read, not the height. Where a slot was not ' +
    'read there is no number; a bucket that the window cuts, or of which records may still come or were lost, is counted in part.',
  args: { addr: optional(address()), src: option(address()), dst: option(address()), ...FILTER_ARGS },
  columns: {
    bucket: momentColumn('From'),
    accepted: optionalCountColumn('Accepted'),
    rejected: optionalCountColumn('Rejected'),
    counted: textColumn('Counted'),
  },
  order: ['bucket'],

  sql: ({ addr, src, dst, ...filters }, { window }) => {
    const began = sql`greatest(${flow.start_seconds}, ${getUnixTime(window.from)})`;
    return {
      from: 'flows',
      where: allOf(
        addr !== undefined && touches(addr),
        src !== undefined && sentBy(src),
        dst !== undefined && sentTo(dst),
        passing(filters),
      ),
      groupBy: { bucket: sql`${began} - ${began} % ${bucketSeconds(window)}` },
      select: {
        accepted: sql`count(*) FILTER (WHERE ${flow.action} = 'ACCEPT')`,
        rejected: sql`count(*) FILTER (WHERE ${flow.action} = 'REJECT')`,
        // Whether a bucket is counted as a whole is judged by the coverage.
        counted: sql`'whole'`,
      },
    };
  },

  judge: (rows, args, { window, coverage, totals, least }) => {
    const [accepted, rejected] = [showInteger(totals.accepted), showInteger(totals.rejected)];
    const noun = totals.rejected === 1 ? 'record' : 'records';
    const counts = phrase`${least}${accepted} accepted and ${least}${rejected} rejected ${noun}${whose(args)}.`;
    const buckets = bucketsOf(rows, window, coverage);
    const step = stepOf(buckets, bucketSeconds(window));
    const sentence =
      step === undefined ? counts : phrase`${stepInWords(step, window)}. ${capitalised(counts)}`;
    return {
      rows: buckets,
      finding: { sentence: capitalised(sentence), ...(step !== undefined && { since: step.at }) },
    };
  },

  totals: { accepted: { sum: 'accepted' }, rejected: { sum: 'rejected' } },
  subject: (args) => phrase`traffic${whose(args)}`,
  followUps: (_, { addr }) => [
    { label: 'What was rejected', line: addr === undefined ? 'rejected' : `rejected ${addr.text}` },
    { label: 'Top talkers', line: addr === undefined ? 'top-talkers' : `top-talkers ${addr.text}` },
  ],
});

interface Whose {
  readonly addr?: AddressRange | undefined;
  readonly src?: AddressRange | undefined;
  readonly dst?: AddressRange | undefined;
}

/** ` of 10.0.1.5`, ` from 10.0.1.5 to 10.0.2.7`; nothing for all traffic. */
function whose({ addr, src, dst }: Whose): Phrase {
  const [of, from, to] = [
    addr === undefined ? '' : phrase` of ${anAddress(addr.text)}`,
    src === undefined ? '' : phrase` from ${anAddress(src.text)}`,
    dst === undefined ? '' : phrase` to ${anAddress(dst.text)}`,
  ];
  return phrase`${of}${from}${to}`;
}

interface TimeBucket {
  readonly bucket: Date | null;
  readonly accepted: Integer | null;
  readonly rejected: Integer | null;
  readonly counted: string;
}

/** Every bucket of the window, with what was counted in it as far as that is known; none where nothing was counted. */
function bucketsOf(rows: readonly TimeBucket[], window: Window, coverage: Coverage): readonly TimeBucket[] {
  if (rows.length === 0) return rows;
  const length = bucketSeconds(window);
  const seen = new Map(rows.map((row) => [row.bucket === null ? 0 : getUnixTime(row.bucket), row]));
  return bucketStarts(window, length).map((start) => {
    const part = { fromSeconds: start, toSeconds: start + length };
    const known = coverage.flowLogs.length === 0 && seen.has(start) ? 'part' : knownOf(part, coverage);
    const { accepted, rejected } = seen.get(start) ?? { accepted: 0, rejected: 0 };
    const bucket = fromUnixTime(start);
    if (known === 'none') return { bucket, accepted: null, rejected: null, counted: 'not' };
    const isWhole = known === 'whole' && isInside(part, window) && !hasLost(coverage);
    return { bucket, accepted, rejected, counted: isWhole ? 'whole' : 'in part' };
  });
}

/** It is unknown in which buckets lost records would be. */
function hasLost({ skipData, otherStatus, unreadableLines = 0, filesFailed }: Coverage): boolean {
  return skipData !== 0 || otherStatus !== 0 || unreadableLines > 0 || filesFailed.length > 0;
}

function isInside(
  { fromSeconds, toSeconds }: { readonly fromSeconds: number; readonly toSeconds: number },
  { from, to }: Window,
): boolean {
  return fromSeconds * 1000 >= from.getTime() && toSeconds * 1000 <= to.getTime();
}

/** A chart holds twenty points; a bucket is the first of these lengths that needs no more. */
const MOST_BUCKETS = 20;
const LENGTHS_SECONDS = [60, 300, 600, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400] as const;
const DAY_SECONDS = 86_400;

/** The length of a bucket, in seconds, that shows a window in at most twenty buckets. */
export function bucketSeconds(window: Window): number {
  const fitting = LENGTHS_SECONDS.find((length) => bucketStarts(window, length).length <= MOST_BUCKETS);
  return fitting ?? Math.ceil(windowSeconds(window) / (MOST_BUCKETS - 1) / DAY_SECONDS) * DAY_SECONDS;
}

/** The starts of the buckets that touch the window, in epoch seconds; they lie on multiples of the length. */
export function bucketStarts({ from, to }: Window, lengthSeconds: number): readonly number[] {
  const first = Math.floor(from.getTime() / 1000 / lengthSeconds) * lengthSeconds;
  const amount = Math.max(Math.ceil((to.getTime() / 1000 - first) / lengthSeconds), 1);
  return Array.from({ length: amount }, (_, index) => first + index * lengthSeconds);
}

function windowSeconds({ from, to }: Window): number {
  return (to.getTime() - from.getTime()) / 1000;
}

/** A bucket from which on there are many more, or many fewer, records of one action than before. */
interface CountStep {
  readonly action: 'accepted' | 'rejected';
  readonly at: Date;
  /** Records in a bucket, on average. */
  readonly before: number;
  readonly after: number;
}

/** A step is so many times more or less, by so many records a bucket, and holds for as many buckets on either side. */
const [STEP_TIMES, STEP_RECORDS, STEP_BUCKETS] = [3, 10, 2] as const;

/** The greatest step of either action, a rise of rejections before all others; undefined where there is none. */
function stepOf(buckets: readonly TimeBucket[], lengthSeconds: number): CountStep | undefined {
  const whole = buckets.filter(({ counted }) => counted === 'whole');
  if (whole.length < 2 * STEP_BUCKETS) return undefined;
  const found = (['rejected', 'accepted'] as const).flatMap(
    (action) => greatestStep(whole, action, lengthSeconds) ?? [],
  );
  return found.find(({ before, after }) => after > before) ?? found[0];
}

function greatestStep(
  buckets: readonly TimeBucket[],
  action: CountStep['action'],
  lengthSeconds: number,
): CountStep | undefined {
  const counts = buckets.map((bucket) => Number(bucket[action] ?? 0));
  let greatest: CountStep | undefined;
  for (let index = STEP_BUCKETS; index <= counts.length - STEP_BUCKETS; index += 1) {
    const [before, after] = [counts.slice(0, index), counts.slice(index)];
    const at = buckets[index]?.bucket;
    const step = { before: mean(before), after: mean(after) };
    const previous = buckets[index - 1]?.bucket;
    if (at === null || at === undefined || !isStep(before, after)) continue;
    // Where a hole is between the two, the time of the step is not known.
    if (getUnixTime(at) - getUnixTime(previous ?? at) > lengthSeconds) continue;
    if (greatest === undefined || difference(step) > difference(greatest)) greatest = { action, at, ...step };
  }
  return greatest;
}

/** Every bucket of one side is far from every bucket of the other. */
function isStep(before: readonly number[], after: readonly number[]): boolean {
  const rises = Math.min(...after) >= Math.max(...before) * STEP_TIMES + STEP_RECORDS;
  const falls = Math.min(...before) >= Math.max(...after) * STEP_TIMES + STEP_RECORDS;
  return rises || falls;
}

function difference({ before, after }: Pick<CountStep, 'before' | 'after'>): number {
  return Math.abs(after - before);
}

function mean(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0) / counts.length;
}

function stepInWords({ action, at, before, after }: CountStep, window: Window): Phrase {
  const way = after > before ? 'rose' : 'fell';
  const minutes = bucketSeconds(window) / 60;
  const each = minutes === 1 ? 'a minute' : `in ${showInteger(minutes)} minutes`;
  return phrase`${action} records ${way} at ${{ at }}, from ${showInteger(Math.round(before))} to ${showInteger(Math.round(after))} ${each}`;
}
