import { SLOT_SECONDS } from '../../flow-log/interval.ts';
import { flowLogOf } from '../../flow-log/object-time.ts';
import type { Scan, Slot } from '../../ports/scan.ts';
import type { Window } from '../../window/window.ts';

/** A stretch for which a flow log that wrote files before or after has none. */
export interface MissingSlot extends Slot {
  /** What the names of its files begin with: account, region and flow log id. */
  readonly flowLog: string;
}

/**
 * The stretches of the window, up to the newest file of the lake, for which a flow log has no file; neighbours are
 * joined. Each flow log is looked at alone: that one goes on does not show that another does, not even of one that has
 * no file here at all. A quiet network may have nothing to write, so a missing slot is a doubt, not a fault. A file
 * whose name tells no time may hold anything: with one of them nothing is called missing.
 */
export function missingSlots(window: Window, scan: Scan): readonly MissingSlot[] {
  const files = [...scan.objects, ...scan.unread];
  if (scan.extent === undefined || files.some(({ slot }) => slot === undefined)) return [];
  const from = slotStart(window.from.getTime() / 1000);
  const to = Math.min(window.to.getTime() / 1000, scan.extent.toSeconds);
  const flowLogs = new Map<string, Slot[]>(expected(scan, files.length === 0).map((name) => [name, []]));
  for (const { key, slot } of files) {
    const flowLog = flowLogOf(key);
    const slots = flowLogs.get(flowLog) ?? [];
    flowLogs.set(flowLog, slots);
    // There may be a hundred thousand: they are not copied for each.
    if (slot !== undefined) slots.push(slot);
  }
  return [...flowLogs].flatMap(([flowLog, slots]) =>
    uncovered(slots, from, to).map((gap) => ({ ...gap, flowLog })),
  );
}

/** Where there is no file at all nobody need be named. */
function expected({ flowLogs = [] }: Scan, noFiles: boolean): readonly string[] {
  return noFiles ? [''] : flowLogs.flatMap(({ fileNames }) => fileNames ?? []);
}

function slotStart(seconds: number): number {
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
