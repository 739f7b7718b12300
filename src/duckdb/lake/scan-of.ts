import pLimit from 'p-limit';
import { type FieldName, isField } from '../../core/flow-log/fields.ts';
import { isInFlowLogFolder, objectPlace } from '../../core/flow-log/object-key.ts';
import { SLOT_SECONDS, type SlotRange } from '../../core/flow-log/slots.ts';
import type { LakeObject, Scan, Source, UnreadObject } from '../../core/lake/scan.ts';
import type { Scope } from '../../core/line/standard-arguments.ts';
import { toBeCounted, withoutCopies } from './copies.ts';
import type { Inspect } from './inspector.ts';
import { isOutside, withKnownSlots } from './known-slots.ts';
import { ownedRecords } from './owned-records.ts';
import type { ReadableObject, Shape } from './shape.ts';

/** The relation under which the DuckDB engine presents the files of a scan. */
export const LAKE_TABLE = 'flow_records';

/** The price shown for a lake whose paths name no region is that of us-east-1. */
const UNKNOWN_REGION = 'us-east-1';
/** Inflating uses zlib's own threads: more at once than cores only costs memory. */
const FILES_AT_ONCE = 2;

/** Files that were listed for a scan. */
export interface ListedFiles {
  readonly name: string;
  readonly objects: readonly LakeObject[];
  readonly storedRange: SlotRange | undefined;
  /** The time for which the files were listed. */
  readonly slotRange: SlotRange;
  /** Whose records count. */
  readonly scope: Scope;
}

/** Inspects the files of a scan: those that cannot be read are named, with the reason. */
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

/** The records of a file whose name does not say its five minutes do: for which it may be read depends on when they ended. */
function mayReachFurther({ slot }: LakeObject): boolean {
  return slot === undefined || slot.toSeconds > slot.fromSeconds + SLOT_SECONDS;
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
  const look = (these: readonly LakeObject[], isCounted: (object: LakeObject) => boolean) =>
    pLimit(FILES_AT_ONCE).map(these, async (object) => {
      signal.throwIfAborted();
      return { object, inspection: await inspect(object, signal, { isCounted: isCounted(object) }) };
    });
  const glanced = await look(objects, mayReachFurther);
  const doubtful = new Set(toBeCounted(glanced).map(({ object }) => object));
  const counted = new Map(
    (await look([...doubtful], () => true)).map(({ object, inspection }) => [object, inspection]),
  );
  for (const { object, inspection: first } of glanced) {
    const inspection = counted.get(object) ?? first;
    const { key, slot } = object;
    if ('shape' in inspection) readable.push({ object, shape: inspection.shape });
    else if (!inspection.otherService || isInFlowLogFolder(key))
      unread.push({ key, slot, reason: inspection.reason });
  }
  return { readable, unread };
}

function sourceOf(name: string, files: readonly ReadableObject[]): Source {
  const regions = new Set(files.flatMap(({ object }) => objectPlace(object.key).region ?? []));
  const [region = UNKNOWN_REGION] = regions;
  return { name, region, fields: fieldsOf(files.map(({ shape }) => shape)) };
}

const STATUS: FieldName = 'log-status';

/**
 * The fields that records of these files have together. The status is always among them: where a file does not
 * record it, the engine distinguishes traffic from silence by the other fields.
 */
function fieldsOf(shapes: readonly Shape[]): readonly string[] {
  const fields = new Set(shapes.flatMap((shape) => shape.fields));
  return shapes.length === 0 ? [] : [...fields.add(STATUS)];
}

/** Clauses about fields that hide records from every question. */
function notesOn(shapes: readonly Shape[]): readonly string[] {
  return [withoutStatus(shapes)].filter((note) => note !== undefined);
}

/** The fields that some of the files record and others do not. */
function fieldsInPart(shapes: readonly Shape[]): readonly string[] {
  const formats = [...new Map(shapes.map(({ fields }) => [fields.join(' '), new Set(fields)])).values()];
  // No question asks for a field that flowlog does not know: where that lacks nothing is hidden.
  return fieldsOf(shapes).filter(
    (field) => isField(field) && field !== STATUS && formats.some((format) => !format.has(field)),
  );
}

function withoutStatus(shapes: readonly Shape[]): string | undefined {
  const without = shapes.filter(({ fields }) => !fields.includes(STATUS)).length;
  if (without === 0) return undefined;
  return `${without} of ${shapes.length} files do not record log-status, so flows that AWS skipped look like no traffic`;
}
