import { expect } from 'vitest';
import { executionParameters } from '../../../src/aws/athena/start-execution.ts';
import type { Engine, Statement } from '../../../src/core/answer/engine.ts';
import { countedObjects } from '../../../src/core/lake/scan.ts';
import { substitute } from '../../fakes/athena/substitute.ts';
import { collected } from '../../support/collected.ts';
import { runTrino, type TrinoReading, trinoReading } from './run-trino.ts';
import { localPaths } from './trino-ddl.ts';

/** A statement that both engines have run. */
export interface JudgedRun {
  readonly statement: Statement;
  readonly rows: number;
  readonly reading: TrinoReading;
}

/**
 * An engine that runs every statement on Trino and on another engine as well, and expects of both the same columns and
 * the same rows in the same order. It returns the rows of the other one.
 */
export function judgedEngine(
  trino: string,
  other: Engine,
  onRun: (run: JudgedRun) => void = () => {},
): Engine {
  return {
    name: 'athena',
    bills: true,
    async run(statement, take, signal) {
      const { text, bound, scan } = statement;
      const whole = { text: substitute(text, executionParameters(statement)), bound: [], scan };
      const [found, theirs] = await Promise.all([
        collected(other, whole, signal),
        runTrino(trino, { text: localPaths(text), bound }),
      ]);
      const { columns, rows, ...run } = found;
      const written = rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))));
      expect(theirs.columns).toEqual(columns);
      expect(theirs.rows).toEqual(written);
      onRun({ statement, rows: rows.length, reading: await trinoReading(trino, theirs.id) });
      await take({ columns, rows });
      return { ...run, filesRead: countedObjects(scan.objects).length };
    },
  };
}
