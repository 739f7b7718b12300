import type { Names } from '../lake/names.ts';
import type { Column, Row } from '../query/columns.ts';
import type { Coverage } from '../query/coverage.ts';
import type { Finding } from '../query/finding.ts';
import type { FollowUp } from '../query/query.ts';
import type { Question } from '../query/question.ts';
import type { Cost } from './cost.ts';
import type { Engine, Run, Statement } from './engine.ts';

/** A column with the name it has in SQL and in `--json`. */
export interface AnswerColumn {
  readonly name: string;
  readonly column: Column;
}

/** Question, rows, run, cost and coverage: all that a renderer needs. */
export interface Answer {
  readonly question: Question;
  /** What the rows mean. */
  readonly finding: Finding;
  /** The sentence of the finding as plain text. */
  readonly headline: string;
  /** What addresses and interfaces of the answer are called. */
  readonly names: Names;
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
