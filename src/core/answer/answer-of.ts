import { isAddressRange } from '../flow-log/addresses.ts';
import type { Scan } from '../lake/scan.ts';
import type { Row } from '../query/columns.ts';
import type { Coverage } from '../query/coverage.ts';
import type { Question } from '../query/question.ts';
import { showMoment } from '../time/show-time.ts';
import type { Answer } from './answer.ts';
import type { Priced } from './cheaper-lines.ts';
import { athenaDollars, type Prices } from './cost.ts';
import { cover } from './coverage/cover.ts';
import type { Recorded } from './coverage/evidence.ts';
import { type Proof, proofOf } from './coverage/proof.ts';
import type { Decoded } from './decoder.ts';
import type { Engine, Run, Statement } from './engine.ts';
import { followUpsOf } from './follow-ups.ts';
import type { RowsWanted } from './rows.ts';

/** A statement, its execution, and what that returned. */
export interface Ran {
  readonly statement: Statement;
  readonly run: Run;
  readonly decoded: Decoded;
}

/** What an answer is made with. */
export interface AnswerContext {
  readonly engine: Engine['name'];
  readonly prices: Prices;
  /** The longest window that a follow-up may offer. */
  readonly longestWindowSeconds: number;
  readonly now: Date;
  /** What the files of an answer without rows show of the flow logs behind them; undefined where they were not looked at. */
  readonly evidence: readonly Recorded[] | undefined;
}

/** Says what was found: how far it can be trusted, what it cost, in one sentence, and what to ask next. */
export function answerOf(
  { question, scan, estimate }: Priced,
  wanted: RowsWanted,
  { statement, run, decoded }: Ran,
  { engine, prices, longestWindowSeconds, now, evidence }: AnswerContext,
): Answer {
  const { query, args, window, zone } = question;
  const coverage = cover({ question, scan, run, now, ...decoded });
  const rows = query.judge?.(decoded.rows, args, { window, zone, coverage }) ?? decoded.rows;
  const shown = rows.slice(0, wanted.shown);
  const amount = wanted.file === undefined ? rows.length : decoded.amount;
  const proof = proofOf({ question, scan, coverage, evidence });
  return {
    question,
    headline: headlineOf(question, {
      rows,
      totals: decoded.totals,
      shown: shown.length,
      more: rows.length > wanted.shown,
      coverage,
      proof,
    }),
    columns: Object.entries(query.columns).map(([name, column]) => ({ name, column })),
    rows: shown,
    rowCount: Math.min(amount, wanted.most),
    truncated: amount > wanted.most,
    engine,
    run,
    cost: costOf(engine, run.scannedBytes, scan, prices),
    estimatedBytes: estimate.bytes,
    threadDollars: 0,
    coverage,
    followUps: followUpsOf(question, shown, coverage, longestWindowSeconds),
    statement,
  };
}

function costOf(
  engine: Engine['name'],
  scannedBytes: number,
  { source }: Scan,
  prices: Prices,
): Answer['cost'] {
  const dollars = athenaDollars(scannedBytes, source.region, prices);
  return { dollars: engine === 'athena' ? dollars : 0, athenaDollars: dollars };
}

/** What a headline is made from. */
export interface Found {
  /** The rows that are held: all, or the first of them and one more. */
  readonly rows: readonly Row[];
  readonly totals: Readonly<Record<string, number>>;
  readonly shown: number;
  readonly more: boolean;
  readonly coverage: Coverage;
  /** How far it is proven that there was nothing; for an answer without rows. */
  readonly proof: Proof;
}

/** The answer in one sentence. Over doubtful logs it says "at least", for there may be more than was read. */
export function headlineOf(
  { query, args, zone }: Question,
  { rows, coverage, proof, ...counted }: Found,
): string {
  const options = optionWords(query, args);
  if (rows.length > 0) {
    const least = coverage.complete ? '' : 'at least ';
    const sentence = query.headline(rows, args, { ...counted, least });
    return [sentence, ...asked(options), ...atLeast(sentence, coverage)].join(' ');
  }
  const subject = [query.subject(args), ...(options.length === 0 ? [] : ['with', ...options])].join(' ');
  return emptyHeadline(subject, proof, coverage, zone);
}

/** A sentence without an amount says it behind its end. */
function atLeast(sentence: string, { complete, doubts: [doubt] }: Coverage): readonly string[] {
  return complete || /at least /i.test(sentence)
    ? []
    : [`There may be more: at least this was read, but ${doubt}.`];
}

/** What was seen on one port is not all that was seen. */
function asked(options: readonly string[]): readonly string[] {
  return options.length === 0 ? [] : [`(Only ${options.join(' ')}.)`];
}

/** The options that narrow the question and that no sentence of the query tells: nothing on one port is not nothing. */
function optionWords(query: Question['query'], args: Question['args']): readonly string[] {
  return Object.entries(query.args).flatMap(([name, { place, write }]) => {
    const told = place === 'bare' || name === 'top' || isAddressRange(args[name]);
    const word = told ? undefined : write(args[name]);
    return word === undefined ? [] : [`${name}=${word}`];
  });
}

/**
 * The headline of an answer without rows. It says "no traffic" only as far as that is proven. Otherwise it says what
 * is not known, with the weightiest reason; the coverage has the others.
 */
export function emptyHeadline(
  subject: string,
  { doubts, upTo, isLateAlone }: Proof,
  { filesRead }: Pick<Coverage, 'filesRead'>,
  zone: string,
): string {
  const [doubt] = doubts;
  if (doubt === undefined) return `No ${subject} seen; the logs of the window are complete.`;
  if (filesRead === 0) return `Cannot say whether there was ${subject}: ${doubt}.`;
  if (upTo !== undefined && isLateAlone)
    return `No ${subject} seen up to ${showMoment(upTo, zone)}; later minutes are not delivered yet.`;
  const proven = upTo === undefined ? '' : `; up to ${showMoment(upTo, zone)} there was none`;
  return `Cannot say whether there was ${subject}: none in the records that were read, but ${doubt}${proven}.`;
}
