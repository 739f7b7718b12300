import { flowLogOf, folderTime, nameTimeSeconds, slotsInFolder } from '../flow-log/object-time.ts';
import type { Slot } from '../ports/scan.ts';

/** The slot of each file in one folder by its name; files whose name tells no time are left out. */
export function folderSlots(path: string, names: readonly string[]): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Slot>();
  for (const group of namesByFlowLog(names).values()) {
    const times = slotsInFolder([...group.values()], folderTime(path));
    for (const [name, seconds] of group) {
      const slot = times.get(seconds);
      if (slot !== undefined) slots.set(name, slot);
    }
  }
  return slots;
}

/** Files of different flow logs in one folder do not bound each other's slots. */
function namesByFlowLog(names: readonly string[]): ReadonlyMap<string, Map<string, number>> {
  const groups = new Map<string, Map<string, number>>();
  for (const name of names) {
    const seconds = nameTimeSeconds(name);
    if (seconds === undefined) continue;
    const flowLog = flowLogOf(name);
    groups.set(flowLog, (groups.get(flowLog) ?? new Map<string, number>()).set(name, seconds));
  }
  return groups;
}
