import type { Value } from '../columns/column.ts';

/** How many peers met a rejection, as a clause of a headline: `, 2 of them rejected`; empty when none did. */
export function rejectedPeers<K extends string>(
  rows: readonly (Readonly<Record<K, Value>> & { readonly action: string })[],
  peer: K,
): string {
  const rejected = new Set(rows.filter(({ action }) => action === 'REJECT').map((row) => row[peer]));
  return rejected.size === 0 ? '' : `, ${rejected.size} of them rejected`;
}
