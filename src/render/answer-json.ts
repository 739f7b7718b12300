import { stringify } from 'lossless-json';
import type { Answer } from '../core/answer/answer.ts';
import { verdictOf } from '../core/answer/coverage/verdict.ts';
import type { SlotRange } from '../core/flow-log/slots.ts';
import type { Report } from '../core/operation/report.ts';
import type { Row, Value } from '../core/query/columns.ts';
import type { SlotState } from '../core/query/coverage.ts';
import { phraseText } from '../core/query/finding.ts';
import type { FailureWords } from './failure.ts';
import { displayOf } from './shown-columns.ts';

/**
 * The answer as one JSON object, the stable form for machines. Times are ISO 8601 in UTC; whole numbers are exact,
 * also beyond 2^53, where a reader must not use floating point.
 */
export function answerJson(answer: Answer): string {
  const { question, run } = answer;
  return write({
    question: {
      query: question.query.name,
      args: writtenArgs(answer),
      window: { from: question.window.from.toISOString(), to: question.window.to.toISOString() },
      line: question.line,
    },
    headline: answer.headline,
    finding: findingJson(answer),
    columns: answer.columns.map(({ name, column }) => ({ name, title: column.title, kind: column.kind })),
    rows: answer.rows.map((row) => jsonRow(row, answer)),
    truncated: answer.truncated,
    run: {
      engine: answer.engine,
      id: run.id,
      scannedBytes: run.scannedBytes,
      filesRead: run.filesRead,
      elapsedMs: Math.round(run.elapsedMs),
      reused: run.reused || run.isShared === true,
    },
    cost: answer.cost,
    coverage: coverageJson(answer),
  });
}

/** What the headline means, for machines: null where it is about no conversation, or no time. */
function findingJson(answer: Answer) {
  const { state, since, certainty, wouldTell, links = [], facts = [] } = answer.finding;
  const display = displayOf(answer);
  return {
    state: state ?? null,
    since: since?.toISOString() ?? null,
    certainty,
    wouldTell: wouldTell.map((sentence) => phraseText(sentence, display)),
    links,
    facts: facts.map(({ label, value }) => ({ label, text: phraseText(value, display) })),
  };
}

function coverageJson({ coverage, question }: Answer) {
  return {
    verdict: verdictOf(coverage, question.zone),
    completeUpTo: coverage.completeUpTo?.toISOString() ?? null,
    complete: coverage.complete,
    doubts: coverage.doubts,
    newestEnd: coverage.newestEnd?.toISOString() ?? null,
    matched: coverage.matched ?? null,
    tablesRead: coverage.tablesRead ?? [],
    skipData: coverage.skipData ?? null,
    skippedAt: coverage.skippedAt,
    noData: coverage.noData ?? null,
    otherStatus: coverage.otherStatus ?? null,
    filesFailed: coverage.filesFailed.map(({ key, reason }) => ({ key, reason })),
    filesWithoutTime: coverage.filesWithoutTime,
    unreadableLines: coverage.unreadableLines ?? null,
    flowLogs: coverage.flowLogs.map(({ flowLog, traffic, stopped, completeUpToSeconds, slots }) => ({
      flowLog,
      traffic: traffic ?? 'unknown',
      stopped,
      completeUpTo: completeUpToSeconds === undefined ? null : isoOf(completeUpToSeconds),
      slots: slots.map(({ state, ...range }) => ({ state: STATES[state], ...rangeJson(range) })),
    })),
    missingSlots: coverage.missingSlots.map(({ flowLog, ...range }) => ({ flowLog, ...rangeJson(range) })),
    addressFields: coverage.addressFields,
    notes: [...coverage.notes, ...question.notes],
  };
}

const STATES: Readonly<Record<SlotState, string>> = {
  read: 'read',
  missing: 'missing',
  unreadable: 'unreadable',
  late: 'not delivered yet',
};

function rangeJson({ fromSeconds, toSeconds }: SlotRange) {
  return { from: isoOf(fromSeconds), to: isoOf(toSeconds) };
}

/** A mistake or a failure as JSON: `{ "error": { "message", "next", "correctedLine", "offers" } }`. */
export function failureJson({ problem, next, correctedLine, offers = [] }: FailureWords): string {
  const lines = offers.map(({ label, line }) => ({ label, line }));
  return write({ error: { message: problem, next, correctedLine: correctedLine ?? null, offers: lines } });
}

/** A report as JSON: `{ "report": { headline, sections, next, file } }`. */
export function reportJson({ headline, sections, next, file }: Report): string {
  return write({ report: { headline, sections, next, file } });
}

/** Arguments as the words that read back to them. */
function writtenArgs({ question: { query, args } }: Answer): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query.args).flatMap(([name, arg]) => {
      const word = arg.write(args[name]);
      return word === undefined ? [] : [[name, word]];
    }),
  );
}

/** The columns that are shown: what else a judgement reads is no part of the answer. */
function jsonRow(row: Row, { columns }: Answer): Record<string, string | number | bigint | null> {
  return Object.fromEntries(columns.map(({ name }) => [name, jsonValue(row[name] ?? null)]));
}

function jsonValue(value: Value): string | number | bigint | null {
  return value instanceof Date ? value.toISOString() : value;
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function write(value: unknown): string {
  return stringify(value, undefined, 2) ?? 'null';
}
