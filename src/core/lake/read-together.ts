import { type LogSource, sourceRoot } from './log-source.ts';

/** Sources that one table reads, at least one. */
export type Together = readonly [LogSource, ...LogSource[]];

/**
 * Sources by the table that can read them: one table is enough for all that deliver under the same prefix, in the
 * same layout and with the same fields in the same order, and its scan is billed once.
 */
export function readTogether(sources: readonly LogSource[]): readonly Together[] {
  const groups = new Map<string, Together>();
  for (const source of sources) {
    const shape = shapeOf(source);
    const others = groups.get(shape);
    groups.set(shape, others === undefined ? [source] : [...others, source]);
  }
  return [...groups.values()];
}

/** Whether two sources deliver into the same folders, whatever they write there. */
export function isBeside(one: LogSource, other: LogSource): boolean {
  return one.files.bucket === other.files.bucket && sourceRoot(one) === sourceRoot(other);
}

function shapeOf(source: LogSource): string {
  const { files, fields, adopted } = source;
  const { format, hourly } = files.files;
  return JSON.stringify([
    files.bucket,
    sourceRoot(source),
    format,
    hourly,
    fields,
    adopted?.database,
    adopted?.name,
  ]);
}
