import { SLOT_SECONDS } from '../flow-log/interval.ts';
import type { Scan, Slot } from '../ports/scan.ts';
import type { Window } from '../window/window.ts';

/**
 * The stretches of the window, inside the lake's own extent, for which there is no file; neighbours are joined.
 * A quiet network may have none to write, so a missing slot is a doubt, not a fault. Files whose name tells no
 * time may hold anything: with one of them nothing is called missing.
 */
export function missingSlots(window: Window, { objects, unread, extent }: Scan): readonly Slot[] {
  const listed = [...objects, ...unread].map(({ slot }) => slot);
  if (extent === undefined || listed.includes(undefined)) return [];
  const from = Math.max(floor(window.from.getTime() / 1000), extent.fromSeconds);
  const to = Math.min(window.to.getTime() / 1000, extent.toSeconds);
  return uncovered(
    listed.filter((slot) => slot !== undefined),
    from,
    to,
  );
}

function floor(seconds: number): number {
  return Math.floor(seconds / SLOT_SECONDS) * SLOT_SECONDS;
}

function uncovered(slots: readonly Slot[], from: number, to: number): readonly Slot[] {
  const gaps: Slot[] = [];
  let reached = from;
  for (const slot of slots.toSorted((a, b) => a.fromSeconds - b.fromSeconds)) {
    if (slot.fromSeconds >= to) break;
    if (slot.fromSeconds > reached) gaps.push({ fromSeconds: reached, toSeconds: slot.fromSeconds });
    reached = Math.max(reached, slot.toSeconds);
  }
  if (reached < to) gaps.push({ fromSeconds: reached, toSeconds: to });
  return gaps;
}
