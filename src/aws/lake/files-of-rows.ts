import pLimit from 'p-limit';
import type { InsightsAnswer } from '../../core/answer/ask-insights.ts';
import { LONGEST_INTERVAL_SECONDS, SLOT_SECONDS } from '../../core/flow-log/slots.ts';
import { isAskedFor } from '../../core/lake/insights-query.ts';
import { slotOfEvent } from '../../core/lake/log-group-files.ts';
import type { LogGroups } from '../../core/lake/log-groups.ts';
import type { InsightsRows } from '../../core/lake/log-insights.ts';
import type { GroupSlots } from '../../core/lake/read-events.ts';
import type { InsightsPlan, PlannedSlot, ScannedObject, UnreadObject } from '../../core/lake/scan.ts';
import { plural } from '../../core/wording.ts';
import { rangeOf } from './read-addresses.ts';
import { createSlotFiles } from './slot-files.ts';
import { logGroupsAt, objectOfSlot, type SitesOfGroups } from './slots-of-group.ts';

export interface FilesOfRowsParts extends SitesOfGroups {
  /** Where the file of a key is while it is read, by the place of its source and its key. */
  readonly pathOf: (bucket: string, key: string) => string;
  readonly known: GroupSlots;
  readonly newId: () => string;
}

/**
 * Makes files of the rows of a query, one for each slot, and remembers them. A slot without a row has an empty file where the log
 * group has other records of it; where it has none nothing is known of that slot. Of slots that are older than the oldest row of a
 * result that was cut nothing is known either, and of the slots around that row not all is.
 */
export async function filesOfRows(
  plan: InsightsPlan,
  { events, isCut }: Pick<InsightsRows, 'events' | 'isCut'>,
  parts: FilesOfRowsParts,
  signal: AbortSignal,
): Promise<Pick<InsightsAnswer, 'objects' | 'unread' | 'notes'>> {
  const { addresses, fields } = plan.from.events;
  const oldestMs = events.reduce(
    (oldest, { timestampMs }) => Math.min(oldest, timestampMs),
    Number.POSITIVE_INFINITY,
  );
  // Not by the cut, but by what is wanted: a server may have ignored the filter.
  const wanted = events.filter(({ message }) => isAskedFor(message, addresses));
  const filled = new Set(wanted.map((event) => slotOfEvent(event, fields)));
  const whole = plan.slots.filter(
    ({ slot }) => !isCut || (slot.fromSeconds - LONGEST_INTERVAL_SECONDS) * 1_000 > oldestMs,
  );
  const inPart = plan.slots.filter((each) => !whole.includes(each) && filled.has(each.slot.fromSeconds));
  const empty = whole.filter(({ slot }) => !filled.has(slot.fromSeconds));
  const delivered = await deliveredAmong(empty, plan, parts, signal);
  const bytes = await written(plan, { wanted, empty: delivered }, parts);
  await parts.known.learn(plan.group, learnt(whole, bytes, plan.atSeconds));
  return {
    objects: [...inPart, ...whole].flatMap(({ key, slot }) => filesOf(key, slot.fromSeconds, bytes, plan)),
    unread: inPart.map((each): UnreadObject => ({ ...each, reason: 'was given in part' })),
    notes: isCut ? [cutWords(events.length, addresses, oldestMs)] : [],
  };
}

function filesOf(
  key: string,
  start: number,
  bytes: ReadonlyMap<number, number>,
  { from }: InsightsPlan,
): readonly ScannedObject[] {
  return objectOfSlot(key, start, bytes.get(start)).map((object) => ({ ...object, from }));
}

function learnt(slots: readonly PlannedSlot[], bytes: ReadonlyMap<number, number>, atSeconds: number) {
  return new Map(
    slots.map(({ slot: { fromSeconds } }) => [
      fromSeconds,
      { bytes: bytes.get(fromSeconds) ?? 0, atSeconds },
    ]),
  );
}

function cutWords(rows: number, addresses: readonly string[], oldestMs: number): string {
  const since = Number.isFinite(oldestMs)
    ? ` since ${new Date(oldestMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : '';
  return `Logs Insights gives no more than the newest ${plural(rows, 'record')} of ${addresses.join(' and ')}: those${since} are here, and of what is older nothing is known`;
}

/** Writes what there is of the slots of a plan. Returns the bytes of each file by the start of its slot. */
async function written(
  { slots, from }: InsightsPlan,
  { wanted, empty }: { readonly wanted: InsightsRows['events']; readonly empty: readonly PlannedSlot[] },
  { pathOf, newId }: FilesOfRowsParts,
): Promise<ReadonlyMap<number, number>> {
  const keys = new Map(slots.map(({ key, slot }) => [slot.fromSeconds, key]));
  const { bucket, events } = from;
  const files = createSlotFiles({
    range: rangeOf(slots),
    slotSeconds: SLOT_SECONDS,
    fields: events.fields,
    pathOf: (start) => pathOf(bucket, keys.get(start) ?? ''),
    newId,
  });
  try {
    // A slot between others that was known before is left as it is.
    await files.take(wanted.filter((event) => keys.has(slotOfEvent(event, events.fields))));
    for (const { slot } of empty) await files.takeNone(slot.fromSeconds);
    return await files.keep();
  } finally {
    await files.remove();
  }
}

/** A day of slots; each is a call, which is free. Of more than that nothing is claimed. */
const MOST_LOOKS = 288;
const LOOKS_AT_ONCE = 3;
/** Of so many records that began in a slot some ended there as well. */
const EVENTS_A_LOOK = 100;

/** The slots among some in which a record of the log group ended: that shows that it was delivered to, and that there was nothing of the addresses. */
async function deliveredAmong(
  slots: readonly PlannedSlot[],
  { from }: InsightsPlan,
  { cloud }: FilesOfRowsParts,
  signal: AbortSignal,
): Promise<readonly PlannedSlot[]> {
  const looked = slots.slice(-MOST_LOOKS);
  if (looked.length === 0) return [];
  const logGroups = await logGroupsAt(from, cloud, signal);
  const found = await pLimit(LOOKS_AT_ONCE).map(looked, async (each) => {
    signal.throwIfAborted();
    // Without this look less is known, and what was paid for is as true.
    const isDelivered = await hasRecord(each, from.events, logGroups, signal).catch(() => false);
    return isDelivered ? [each] : [];
  });
  signal.throwIfAborted();
  return found.flat();
}

async function hasRecord(
  { slot }: PlannedSlot,
  { logGroup, fields }: InsightsPlan['from']['events'],
  logGroups: LogGroups,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const events of logGroups.pages({ logGroup, ...slot, most: EVENTS_A_LOOK }, signal))
    if (events.some((event) => slotOfEvent(event, fields) === slot.fromSeconds)) return true;
  return false;
}
