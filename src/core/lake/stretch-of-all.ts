import type { Slot } from '../ports/scan.ts';

/** From the first to the last of any number of slots; there may be more than a call takes arguments. */
export function stretchOfAll(slots: readonly Slot[]): Slot | undefined {
  const [first, ...others] = slots;
  if (first === undefined) return undefined;
  return others.reduce(
    (all, { fromSeconds, toSeconds }) => ({
      fromSeconds: Math.min(all.fromSeconds, fromSeconds),
      toSeconds: Math.max(all.toSeconds, toSeconds),
    }),
    first,
  );
}
