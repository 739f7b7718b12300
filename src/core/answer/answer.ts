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

/** An answer: question, rows, run, cost and coverage. */
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
  /** The number of rows, those of the file included. */
  readonly rowCount: number;
  /** Whether there are even more rows. */
  readonly truncated: boolean;
  readonly engine: Engine['name'];
  /** Whether the run was charged. */
  readonly billed: boolean;
  readonly run: Run;
  readonly cost: Cost;
  /** The estimate of the scan before it ran: exact for text, and for Parquet what is known of its columns, or an upper bound. */
  readonly estimatedBytes: number;
  /** What the whole thread has cost, this answer included; 0 where there is no thread or nothing is billed. */
  readonly threadDollars: number;
  readonly coverage: Coverage;
  readonly followUps: readonly FollowUp[];
  readonly statement: Statement;
}
