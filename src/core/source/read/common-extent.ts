import type { Slot } from '../../ports/scan.ts';

/**
 * From the oldest file to the newest one of the flow log that is farthest behind: what one of them has not delivered
 * yet is not there, however far the others are. Of one that has delivered nothing at all nothing is known.
 */
export function commonExtent(extents: readonly (Slot | undefined)[]): Slot | undefined {
  const known = extents.filter((extent) => extent !== undefined);
  if (known.length === 0 || known.length < extents.length) return undefined;
  return {
    fromSeconds: Math.min(...known.map(({ fromSeconds }) => fromSeconds)),
    toSeconds: Math.min(...known.map(({ toSeconds }) => toSeconds)),
  };
}
