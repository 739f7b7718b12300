import { isInFlowLogFolder, objectPlace } from '../../core/flow-log/object-key.ts';
import type { SlotRange } from '../../core/flow-log/slots.ts';
import type { LakeObject, Scan, Source, UnreadObject } from '../../core/lake/scan.ts';
import type { Scope } from '../../core/line/standard-arguments.ts';
import { withoutCopies } from './copies.ts';
import type { Inspect } from './inspector.ts';
import { isOutside, withKnownSlots } from './known-slots.ts';
import { fieldsInPart, fieldsOf, notesOn } from './lake-fields.ts';
import { ownedRecords } from './owned-records.ts';
import type { ReadableObject } from './readable-object.ts';

/** The relation under which the DuckDB engine presents the files of a scan. */
export const LAKE_TABLE = 'flow_records';

/** The price shown for a lake whose paths name no region is that of us-east-1. */
const UNKNOWN_REGION = 'us-east-1';
/** Inflating uses zlib's own threads: more at once than cores only costs memory. */
const AT_ONCE = 2;

/** Files that were listed for a scan. */
export interface ListedFiles {
  readonly name: string;
  readonly objects: readonly LakeObject[];
  readonly storedRange: SlotRange | undefined;
  /** For which the files were listed. */
  readonly slotRange: SlotRange;
  /** Whose records count. */
  readonly scope: Scope;
}

/** Looks into the files that a scan needs: those that cannot be read are named, with the reason. */
export async function scanOf(
  { name, objects, storedRange, slotRange, scope }: ListedFiles,
  inspect: Inspect,
  signal: AbortSignal,
): Promise<Scan> {
  const { readable, unread } = await inspectAll(objects, inspect, signal);
  const inRange = readable.filter((file) => !isOutside(file, slotRange));
  const owned = ownedRecords(withKnownSlots(inRange), scope);
  const { files, remarks } = withoutCopies(owned.files);
  const shapes = files.map(({ shape }) => shape);
  const source = sourceOf(name, files);
  return {
    source,
    tables: [{ name: LAKE_TABLE, fields: source.fields }],
    objects: files.map(({ object }) => object),
    unread,
    notes: [...owned.notes, ...notesOn(shapes)],
    remarks,
    fieldsInPart: fieldsInPart(shapes),
    storedRange,
  };
}

interface Inspected {
  readonly readable: readonly ReadableObject[];
  readonly unread: readonly UnreadObject[];
}

async function inspectAll(
  objects: readonly LakeObject[],
  inspect: Inspect,
  signal: AbortSignal,
): Promise<Inspected> {
  const readable: ReadableObject[] = [];
  const unread: UnreadObject[] = [];
  for (let first = 0; first < objects.length; first += AT_ONCE) {
    const batch = objects.slice(first, first + AT_ONCE);
    const inspections = await Promise.all(batch.map((object) => inspect(object, signal)));
    for (const [index, inspection] of inspections.entries()) {
      const object = batch[index];
      if (object === undefined) continue;
      const { key, slot } = object;
      if ('shape' in inspection) readable.push({ object, shape: inspection.shape });
      else if (inspection.otherService && !isInFlowLogFolder(key)) continue;
      else unread.push({ key, slot, reason: inspection.reason });
    }
  }
  return { readable, unread };
}

function sourceOf(name: string, files: readonly ReadableObject[]): Source {
  const regions = new Set(files.flatMap(({ object }) => objectPlace(object.key).region ?? []));
  const [region = UNKNOWN_REGION] = regions;
  return { name, region, fields: fieldsOf(files.map(({ shape }) => shape)) };
}
