import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { boundedLabel } from './bounded-label.ts';
import type { Measures } from './measures.ts';
import { freshnessOf } from './source-freshness.ts';
import type { EndOutcome, QuestionEnd } from './watch-requests.ts';

/** What metrics of questions are made with. */
export interface RequestMetricsParts {
  /** All that a line can begin with. */
  readonly entries: readonly string[];
  readonly now: () => Date;
}

/** From a reused result to the time limit of a question, in seconds. */
const QUESTION_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 900];

const MOST_SOURCES = 200;

/** A line whose first word is no entry. */
const OTHER_QUERY = 'other';

/**
 * Whether an end is a failure that an operator looks at: not an answer, not a mistake of the person, and not what a
 * person or a limit stopped.
 */
const IS_FAILURE: Readonly<Record<EndOutcome, boolean>> = {
  answered: false,
  mistaken: false,
  refused: false,
  paused: false,
  'taken-over': false,
  cancelled: false,
  'over-limit': false,
  crashed: true,
  rejected: true,
  'timed-out': true,
  throttled: true,
  denied: true,
  expired: true,
  'not-set-up': true,
  'missing-table': true,
  'wrong-region': true,
  exhausted: true,
  unreadable: true,
  'lost-result': true,
  broken: true,
};

type RequestMeasures = Pick<Measures, 'ended' | 'tookOver'>;

/** Metrics of questions: how they ended, how long they took, what they cost, and how fresh they found the flow logs. */
export function requestMeasures(registry: Registry, { entries, now }: RequestMetricsParts): RequestMeasures {
  const registers = [registry];
  const ends = new Counter({
    name: 'flowlog_questions_total',
    help: 'Questions and commands that ended, by the first word of their line and how they ended.',
    labelNames: ['query', 'outcome'] as const,
    registers,
  });
  const failures = new Counter({
    name: 'flowlog_questions_failed_total',
    help: 'Questions and commands that ended without an answer by a fault of flowlog, of its engine or of AWS.',
    registers,
  });
  const took = new Histogram({
    name: 'flowlog_question_duration_seconds',
    help: 'Time from when a question was asked to when its answer was shown, of those that were answered.',
    labelNames: ['query'] as const,
    buckets: QUESTION_SECONDS,
    registers,
  });
  const scanned = new Counter({
    name: 'flowlog_scanned_bytes_total',
    help: 'Bytes that questions scanned, compressed as they are stored.',
    registers,
  });
  const dollars = new Counter({
    name: 'flowlog_dollars_total',
    help: 'US dollars that questions were billed by Athena.',
    registers,
  });
  const takenOver = new Counter({
    name: 'flowlog_questions_taken_over_total',
    help: 'Questions of another process, whose lease ran out, that this process took over.',
    registers,
  });
  const noteFreshness = freshnessMeasure(registry, now);
  // Prometheus sees an increase only of what it has seen before: without a 0 the first question of each kind counts as none.
  for (const query of [...entries, OTHER_QUERY]) {
    for (const outcome of Object.keys(IS_FAILURE)) ends.inc({ query, outcome }, 0);
    took.zero({ query });
  }
  return {
    ended(end) {
      const query = entries.includes(end.query) ? end.query : OTHER_QUERY;
      ends.inc({ query, outcome: end.outcome });
      if (IS_FAILURE[end.outcome]) failures.inc();
      if (end.outcome === 'answered') took.observe({ query }, end.elapsedMs / 1000);
      scanned.inc(end.scannedBytes);
      dollars.inc(end.dollars);
      noteFreshness(end);
    },
    tookOver: (questions) => takenOver.inc(questions),
  };
}

function freshnessMeasure(registry: Registry, now: () => Date): (end: QuestionEnd) => void {
  const registers = [registry];
  const labelNames = ['source'] as const;
  const newest = new Gauge({
    name: 'flowlog_source_newest_slot_timestamp_seconds',
    help: 'End of the newest slot of a flow log of which a file was read, by the last question about the present.',
    labelNames,
    registers,
  });
  const looked = new Gauge({
    name: 'flowlog_source_looked_timestamp_seconds',
    help: 'When a question about the present last looked for the newest files of a flow log.',
    labelNames,
    registers,
  });
  const sourceLabel = boundedLabel(MOST_SOURCES);
  return ({ coverage, window }) => {
    if (coverage === undefined || window === undefined) return;
    for (const { source, newestSeconds } of freshnessOf(coverage, window.to, now())) {
      const label = { source: sourceLabel(source) };
      newest.set(label, newestSeconds);
      looked.set(label, now().getTime() / 1000);
    }
  };
}
