import type { Engine, Run, Statement } from '../ports/engine.ts';
import type { Scan } from '../ports/scan.ts';
import type { Answer } from './answer.ts';
import type { Priced } from './cost/cheaper-lines.ts';
import { athenaDollars, type Prices } from './cost/cost.ts';
import { cover } from './coverage/cover.ts';
import type { Recorded } from './coverage/evidence.ts';
import { proofOf } from './coverage/proof.ts';
import { followUpsOf } from './follow-ups.ts';
import { headlineOf } from './headline-of.ts';
import type { Decoded } from './rows/decoder.ts';
import type { RowsWanted } from './rows/rows-wanted.ts';

/** A statement, its execution, and what that returned. */
export interface Ran {
  readonly statement: Statement;
  readonly run: Run;
  readonly decoded: Decoded;
}

/** What an answer is made with. */
export interface AnswerContext {
  readonly engine: Pick<Engine, 'name' | 'bills'>;
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
    engine: engine.name,
    billed: engine.bills,
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
  { bills }: Pick<Engine, 'bills'>,
  scannedBytes: number,
  { source }: Scan,
  prices: Prices,
): Answer['cost'] {
  const dollars = athenaDollars(scannedBytes, source.region, prices);
  return { dollars: bills ? dollars : 0, athenaDollars: dollars };
}
