import type { ScannedObject } from '../ports/scan.ts';

/** The files whose records count, of all that a scan reads: those of the flow logs that were asked for. */
export function countedObjects(objects: readonly ScannedObject[]): readonly ScannedObject[] {
  return objects.filter(({ passedOver }) => passedOver !== true);
}
