import type { Engine, ResultPart, Run, Statement, TakePart } from '../../src/core/answer/engine.ts';
import type { Cell } from '../../src/core/query/columns.ts';

/** A run with all of its rows. */
export type Collected = Run & ResultPart;

/** Takes parts and keeps them all. */
export function collecting(): { readonly take: TakePart; readonly all: () => ResultPart } {
  const parts: ResultPart[] = [];
  return {
    take: (part) => void parts.push(part),
    all: () => ({
      columns: parts[0]?.columns ?? [],
      rows: parts.flatMap(({ rows }): readonly (readonly Cell[])[] => rows),
    }),
  };
}

/** Runs a statement and keeps all rows, where a test looks at them together. */
export async function collected(
  engine: Engine,
  statement: Statement,
  signal: AbortSignal,
): Promise<Collected> {
  const { take, all } = collecting();
  const run = await engine.run(statement, take, signal);
  return { ...run, ...all() };
}
