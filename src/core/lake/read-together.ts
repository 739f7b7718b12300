import { type S3Source, sourceRoot } from './log-source.ts';

/** Sources that one table reads, at least one. */
export type Together = readonly [S3Source, ...S3Source[]];

/**
 * Sources by the table that can read them: one table is enough for all that deliver under the same prefix, in the
 * same layout and with the same fields in the same order, and its scan is billed once.
 */
export function readTogether(sources: readonly S3Source[]): readonly Together[] {
  const groups = new Map<string, Together>();
  for (const source of sources) {
    const shape = shapeOf(source);
    const others = groups.get(shape);
    groups.set(shape, others === undefined ? [source] : [...others, source]);
  }
  return [...groups.values()];
}

/** Whether two sources deliver into the same folders, whatever they write there. */
export function isBeside(one: S3Source, other: S3Source): boolean {
  return one.place.bucket === other.place.bucket && sourceRoot(one) === sourceRoot(other);
}

function shapeOf(source: S3Source): string {
  const { place, fields, adopted } = source;
  const { format, hourly } = place.files;
  return JSON.stringify([
    place.bucket,
    sourceRoot(source),
    format,
    hourly,
    fields,
    // Two may be parts of one table, each with partitions of its own.
    adopted,
  ]);
}
