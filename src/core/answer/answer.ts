import type { Column, Row } from '../columns/column.ts';
import type { Engine, Run, Statement } from '../ports/engine.ts';
import type { FollowUp } from '../query.ts';
import type { Question } from '../question.ts';
import type { Cost } from './cost/cost.ts';
import type { Coverage } from './coverage/coverage.ts';

/** A column with the name it has in SQL and in `--json`. */
export interface AnswerColumn {
  readonly name: string;
  readonly column: Column;
}

/** Question, rows, run, cost and coverage: all that a renderer needs. */
export interface Answer {
  readonly question: Question;
  /** The answer in one sentence. */
  readonly headline: string;
  readonly columns: readonly AnswerColumn[];
  /** All rows, or the first of them where the others went into a file. */
  readonly rows: readonly Row[];
  /** How many rows there are with those of the file. */
  readonly rowCount: number;
  /** Whether there are more than these still. */
  readonly truncated: boolean;
  readonly engine: Engine['name'];
  /** Whether the run was charged. */
  readonly billed: boolean;
  readonly run: Run;
  readonly cost: Cost;
  /** What the scan was thought to be, before it ran: exact for text, the most it can be for Parquet. */
  readonly estimatedBytes: number;
  /** What the whole thread has cost, this answer included; 0 where there is no thread or nothing is billed. */
  readonly threadDollars: number;
  readonly coverage: Coverage;
  readonly followUps: readonly FollowUp[];
  readonly statement: Statement;
}
