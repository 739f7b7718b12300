import { SLOT_SECONDS } from '../../core/flow-log/interval.ts';
import type { LakeObject } from '../../core/ports/scan.ts';
import type { Shape } from './shape.ts';

/**
 * A file named on the hour is read for as long as it may reach, but counts for five minutes only when nothing in it
 * ended later: then it is one of AWS's own files, and those that should follow it are missing, not empty.
 */
export function surelyReaching(object: LakeObject, { newestEnd }: Shape): LakeObject {
  if (object.slot === undefined || newestEnd === undefined) return object;
  const { fromSeconds } = object.slot;
  if (newestEnd >= fromSeconds + SLOT_SECONDS) return object;
  return { ...object, slot: { fromSeconds, toSeconds: fromSeconds + SLOT_SECONDS } };
}
