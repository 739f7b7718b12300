import type { CannedQuery } from '../../query.ts';

/** The query of a name, in any case. */
export function queryNamed(
  name: string | undefined,
  catalog: readonly CannedQuery[],
): CannedQuery | undefined {
  const wanted = name?.toLowerCase();
  return catalog.find((query) => query.name === wanted);
}
