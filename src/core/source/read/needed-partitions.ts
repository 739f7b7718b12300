import { stretchOfAll } from '../../lake/stretch-of-all.ts';
import type { LakeObject, NeededPartitions } from '../../ports/scan.ts';
import { tableFor } from '../../table/table-for.ts';
import type { LogSource } from '../log-source.ts';
import { partitionsOf } from './partitions-of.ts';

/** The partitions of a source's explicit table in which files lie. */
export function neededPartitions(
  source: LogSource,
  objects: readonly LakeObject[],
  { database, now }: { readonly database: string; readonly now: () => Date },
): NeededPartitions {
  const stretch = stretchOfAll(objects.flatMap(({ slot }) => slot ?? []));
  const touched = stretch === undefined ? [] : partitionsOf(source, stretch, objects);
  return {
    table: tableFor(source, { database, mode: 'explicit', since: now() }),
    partitions: touched.filter(({ filled }) => filled).map(({ partition }) => partition),
  };
}
