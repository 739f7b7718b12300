import {
  flowLogOf,
  holdsMoreThanFiveMinutes,
  knownSlot,
  SLOT_SECONDS,
  type Slot,
} from '../../core/flow-log/slots.ts';
import type { ReadableObject } from './shape.ts';

/**
 * Gives files the slots for which they are known to hold the records, instead of those by which they were chosen: a file
 * is read for as long as it may reach, and proves nothing about what it only might have held. A file whose name has no
 * time gets that of its records.
 */
export function withKnownSlots(files: readonly ReadableObject[]): readonly ReadableObject[] {
  const hourly = new Set(
    files.flatMap(({ object: { key, slot }, shape: { ends } }) =>
      slot !== undefined && holdsMoreThanFiveMinutes(slot, ends) ? [flowLogOf(key)] : [],
    ),
  );
  return files.map(({ object, shape }) => {
    const { ends } = shape;
    const slot =
      object.slot === undefined
        ? wholeSlots(ends)
        : knownSlot(object.slot, { ends, hourly: hourly.has(flowLogOf(object.key)) });
    return { object: { ...object, slot, ...(ends === undefined ? {} : { ends }) }, shape };
  });
}

/** Whether no record of a file can be of a stretch: its name has no time, and its records ended at others, or there are none. */
export function isOutside({ object, shape: { ends, records } }: ReadableObject, stretch: Slot): boolean {
  if (object.slot !== undefined) return false;
  if (ends === undefined) return records === 0;
  return ends.toSeconds <= stretch.fromSeconds || stretch.toSeconds <= ends.fromSeconds;
}

function wholeSlots(ends: Slot | undefined): Slot | undefined {
  if (ends === undefined) return undefined;
  const { fromSeconds, toSeconds } = ends;
  return {
    fromSeconds: Math.floor(fromSeconds / SLOT_SECONDS) * SLOT_SECONDS,
    toSeconds: Math.ceil(toSeconds / SLOT_SECONDS) * SLOT_SECONDS,
  };
}
