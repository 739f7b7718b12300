import pLimit from 'p-limit';
import { LONGEST_INTERVAL_SECONDS, SLOT_SECONDS, type SlotRange } from '../../core/flow-log/slots.ts';
import { addedEvents, type FetchedEvents, NO_EVENTS } from '../../core/lake/fetches.ts';
import { eventsOf, slotKey } from '../../core/lake/log-group-files.ts';
import type { LogGroups } from '../../core/lake/log-groups.ts';
import type { LogGroupSource } from '../../core/lake/log-source.ts';
import type { EventFiles, FetchEvents, GroupSlots, ReadEvents } from '../../core/lake/read-events.ts';
import type { BucketOfSite, EventsOfGroup, LakeObject, ScannedObject } from '../../core/lake/scan.ts';
import { createSlotFiles } from './slot-files.ts';
import {
  createGroupTurns,
  deliveredRange,
  groupName,
  isKnownSlot,
  logGroupsAt,
  objectOfSlot,
  type SitesOfGroups,
  slotStarts,
} from './slots-of-group.ts';

export interface EventSlotsParts extends SitesOfGroups {
  /** Where the file of a key is while it is read, by the place of its source and its key. */
  readonly pathOf: (bucket: string, key: string) => string;
  readonly known: GroupSlots;
  /** Whether the records of a file are on this machine. */
  readonly isHere: (object: ScannedObject) => Promise<boolean>;
  readonly newId: () => string;
}

/** Slots of log groups. */
export interface EventSlots {
  readonly read: ReadEvents;
  /** Fetches one slot that was known, and is not on this machine any more, to its path. Throws CloudError. */
  fetch(
    object: Pick<LakeObject, 'key' | 'slot'>,
    from: BucketOfSite & { readonly events: EventsOfGroup },
    signal: AbortSignal,
  ): Promise<void>;
}

/** So many slots are one stream of calls: what a stop leaves behind of it is fetched again. */
const SLOTS_A_RUN = 12;
/** More would wait for the rate at which a region lets itself be asked. */
const RUNS_AT_ONCE = 6;

/** Whether files are here is looked up on disk. */
const LOOKS_AT_ONCE = 8;

/** Fetches slots of log groups that are not known, the newest first, each group for one question at a time. */
export function createEventSlots(parts: EventSlotsParts): EventSlots {
  const inTurn = createGroupTurns();
  return {
    async read(source, slotRange, options, signal) {
      const logGroups = await logGroupsAt(source, parts.cloud, signal);
      const starts = slotStarts(source, slotRange, parts.now());
      const group = groupName(source);
      const fetched = await inTurn(group, signal, () =>
        fetchMissing({ source, group, starts, logGroups }, options, parts, signal),
      );
      return {
        ...fetched,
        storedRange: await deliveredRange(source, logGroups, fetched.objects, parts.now(), signal),
      };
    },
    async fetch({ key, slot }, { account, region, bucket, events }, signal) {
      if (slot === undefined) throw new Error(`nothing says when ${key} began`);
      const logGroups = await logGroupsAt({ account, region }, parts.cloud, signal);
      const pathOf = () => parts.pathOf(bucket, key);
      await fetchRun(
        slot,
        { logGroups, ...events, pathOf, newId: parts.newId, isEnough: () => false, took: () => {} },
        signal,
      );
    },
  };
}

interface WantedSlots {
  readonly source: LogGroupSource;
  readonly group: string;
  readonly starts: readonly number[];
  readonly logGroups: LogGroups;
}

async function fetchMissing(
  { source, group, starts, logGroups }: WantedSlots,
  { mostBytes, isOfOrigins, onEvents }: FetchEvents,
  { now, newId, ...parts }: EventSlotsParts,
  signal: AbortSignal,
): Promise<Omit<EventFiles, 'storedRange'>> {
  const nowSeconds = now().getTime() / 1_000;
  const known = new Map(isOfOrigins ? [] : await parts.known.find(group, starts));
  const from = eventsOf(source);
  const { bucket, events } = from;
  const isHere = async (start: number) => {
    const slot = known.get(start);
    if (!isKnownSlot(start, slot, nowSeconds)) return false;
    const [object] = objectOfSlot(slotKey(source, start), start, slot?.bytes);
    return object === undefined || parts.isHere({ ...object, from });
  };
  const here = await pLimit(LOOKS_AT_ONCE).map(starts, isHere);
  const missing = starts.filter((_, index) => here[index] === false);
  let total = NO_EVENTS;
  let seen = NO_EVENTS;
  const took = (page: FetchedEvents) => {
    seen = addedEvents(seen, page);
    onEvents?.(seen);
  };
  const isEnough = (bytes: number) => total.bytes + bytes > mostBytes;
  const pathOf = (start: number) => parts.pathOf(bucket, slotKey(source, start));
  const runs = runsOf(missing).toReversed();
  await pLimit(RUNS_AT_ONCE).map(runs, async (run) => {
    if (isEnough(0)) return;
    const how = { logGroups, ...events, pathOf, newId, isEnough, took };
    const { slots, fetched } = await fetchRun(run, how, signal);
    total = addedEvents(total, fetched);
    const learnt = new Map([...slots].map(([start, bytes]) => [start, { bytes, atSeconds: nowSeconds }]));
    for (const [start, slot] of learnt) known.set(start, slot);
    await parts.known.learn(group, learnt);
  });
  const objects = starts.flatMap((start) =>
    objectOfSlot(slotKey(source, start), start, known.get(start)?.bytes),
  );
  return { objects, fetched: total, isWhole: !isEnough(0) };
}

/** Slots in a row, so many at most. */
function runsOf(starts: readonly number[]): readonly SlotRange[] {
  const runs: { fromSeconds: number; toSeconds: number }[] = [];
  for (const start of starts) {
    const last = runs.at(-1);
    if (last?.toSeconds === start && start - last.fromSeconds < SLOTS_A_RUN * SLOT_SECONDS)
      last.toSeconds = start + SLOT_SECONDS;
    else runs.push({ fromSeconds: start, toSeconds: start + SLOT_SECONDS });
  }
  return runs;
}

interface HowToFetch extends EventsOfGroup {
  readonly logGroups: LogGroups;
  readonly pathOf: (startSeconds: number) => string;
  readonly newId: () => string;
  /** Whether so many bytes are more than may be fetched. */
  readonly isEnough: (bytes: number) => boolean;
  /** Takes what each call gave. */
  readonly took: (page: FetchedEvents) => void;
}

interface FetchedRun {
  /** The bytes of each slot; none of a run that was left. */
  readonly slots: ReadonlyMap<number, number>;
  readonly fetched: FetchedEvents;
}

/** A record of a slot began up to the longest interval before it, and its event has the time of that. */
async function fetchRun(
  range: SlotRange,
  { logGroups, logGroup, fields, pathOf, newId, isEnough, took }: HowToFetch,
  signal: AbortSignal,
): Promise<FetchedRun> {
  const files = createSlotFiles({ range, slotSeconds: SLOT_SECONDS, fields, pathOf, newId });
  const fromSeconds = range.fromSeconds - LONGEST_INTERVAL_SECONDS;
  let fetched = NO_EVENTS;
  try {
    const wanted = { logGroup, fromSeconds, toSeconds: range.toSeconds };
    for await (const events of logGroups.pages(wanted, signal)) {
      const bytes = await files.take(events);
      const page = { calls: 1, events: events.length, bytes };
      fetched = addedEvents(fetched, page);
      took(page);
      if (isEnough(fetched.bytes)) return { slots: new Map(), fetched };
    }
    return { slots: await files.keep(), fetched };
  } finally {
    await files.remove();
  }
}
