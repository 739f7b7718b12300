import type { Entry } from '../../entry.ts';

/** The query of a name, in any case. */
export function queryNamed(name: string | undefined, catalog: readonly Entry[]): Entry | undefined {
  const wanted = name?.toLowerCase();
  return catalog.find((query) => query.name === wanted);
}
