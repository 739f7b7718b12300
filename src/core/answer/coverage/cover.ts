import { addSeconds, fromUnixTime, min } from 'date-fns';
import { columnName, type FieldName, isField } from '../../flow-log/fields.ts';
import { LONGEST_INTERVAL_SECONDS, SLOT_SECONDS } from '../../flow-log/interval.ts';
import { flowLogOf } from '../../flow-log/object-time.ts';
import { countedObjects } from '../../lake/counted-objects.ts';
import { stretchOfAll } from '../../lake/stretch-of-all.ts';
import type { Run } from '../../ports/engine.ts';
import type { Scan, Slot } from '../../ports/scan.ts';
import type { Window } from '../../window/window.ts';
import { passedOverNotes } from '../cost/passed-over-notes.ts';
import type { Coverage, RecordCounts } from './coverage.ts';
import { missingSlots } from './missing-slots.ts';

/** The fields that carry addresses: "traffic of an address" tests each that is recorded. */
export const ADDRESS_FIELDS = [
  'srcaddr',
  'dstaddr',
  'pkt-srcaddr',
  'pkt-dstaddr',
] as const satisfies FieldName[];

interface Seen {
  readonly scan: Scan;
  readonly window: Window;
  readonly run: Pick<Run, 'filesRead' | 'unread' | 'unreadableLines'>;
  readonly counts: RecordCounts;
  readonly newestEndSeconds: number | undefined;
}

/** Tells what an answer can be trusted for, from what was chosen, what was read and what was counted. */
export function cover({ scan, window, run, counts, newestEndSeconds }: Seen): Coverage {
  const own = { ...scan, objects: countedObjects(scan.objects) };
  const completeUpTo = delivered(own, window);
  return {
    ...counts,
    sourceName: scan.source.name,
    filesRead: run.filesRead,
    slotsRead: stretchOfAll(own.objects.flatMap(({ slot }) => slot ?? [])),
    filesFailed: [...scan.unread, ...run.unread],
    unreadableLines: run.unreadableLines,
    completeUpTo,
    newestEnd: newestEndSeconds === undefined ? undefined : fromUnixTime(newestEndSeconds),
    complete: completeUpTo !== undefined && settled(scan, window),
    missingSlots: missingSlots(window, own),
    extent: scan.extent,
    addressFields: ADDRESS_FIELDS.filter((field) => scan.source.fields.includes(field)),
    notes: [
      ...scan.notes,
      ...(scan.remarks ?? []),
      ...unknownFields(scan),
      ...overlapping(own),
      ...passedOverNotes(scan),
    ],
  };
}

/**
 * A file for a slot shows that those before it were delivered. A record in it shows nothing: others that ended
 * earlier may come in another file of the same slot. Delivery is best effort: AWS promises no more.
 */
function delivered({ objects, extent }: Scan, { from, to }: Window): Date | undefined {
  if (extent === undefined || objects.length === 0) return undefined;
  const upTo = newestSlotStart(extent);
  return upTo > from ? min([upTo, to]) : undefined;
}

/**
 * Files hold records by their end: what began just before the end of the window may be in a record that ends the
 * longest interval later, and only a file for after that shows that there is none.
 */
function settled({ extent }: Scan, { to }: Window): boolean {
  return extent !== undefined && newestSlotStart(extent) >= addSeconds(to, LONGEST_INTERVAL_SECONDS);
}

function newestSlotStart({ toSeconds }: Slot): Date {
  return addSeconds(fromUnixTime(toSeconds), -SLOT_SECONDS);
}

/**
 * Two flow logs of one region may cover the same interface, and then each writes its own record of the same flow. Of
 * those that were chosen it is known what they record.
 */
function overlapping({ objects, flowLogs: read = [] }: Scan): readonly string[] {
  const chosen = read.map(({ fileNames }) => fileNames);
  const flowLogs = new Set(objects.map(({ key }) => flowLogOf(key)).filter((name) => name !== ''));
  const regions = new Set([...flowLogs].map((name) => name.slice(0, name.lastIndexOf('_'))));
  if (flowLogs.size === regions.size || [...flowLogs].every((name) => chosen.includes(name))) return [];
  return [`${flowLogs.size} flow logs write here: what two of them record of one interface counts twice`];
}

function unknownFields({ source }: Scan): readonly string[] {
  const unknown = source.fields.filter((field) => !isField(field));
  if (unknown.length === 0) return [];
  return [`fields that flowlog does not know are kept as text: ${unknown.map(columnName).join(', ')}`];
}
