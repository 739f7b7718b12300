import { createHash } from 'node:crypto';
import { LONGEST_INTERVAL_SECONDS, SLOT_SECONDS, type SlotRange } from '../../core/flow-log/slots.ts';
import { eventsOf, slotKey } from '../../core/lake/log-group-files.ts';
import type { LogGroups, WantedEvents } from '../../core/lake/log-groups.ts';
import type { LogGroupSource } from '../../core/lake/log-source.ts';
import type { GroupSlots, KnownSlot, ReadAddresses } from '../../core/lake/read-events.ts';
import type { InsightsPlan, PlannedSlot, ScannedObject } from '../../core/lake/scan.ts';
import {
  deliveredRange,
  groupName,
  isKnownSlot,
  logGroupsAt,
  objectOfSlot,
  type SitesOfGroups,
  slotStarts,
} from './slots-of-group.ts';

export interface ReadAddressesParts extends SitesOfGroups {
  readonly known: GroupSlots;
  /** Whether a file, or what was kept of it, is on this machine. */
  readonly isHere: (object: ScannedObject) => Promise<boolean>;
}

/** Looks for slots of log groups with the records of some addresses, and plans a query of Logs Insights for those that are not known. */
export function createReadAddresses(parts: ReadAddressesParts): ReadAddresses {
  return async (source, slotRange, { addresses, isOfOrigins, mayAsk }, signal) => {
    const now = parts.now();
    const nowSeconds = now.getTime() / 1_000;
    const starts = slotStarts(source, slotRange, now);
    const own = { ...ofSource(source, addresses), starts, nowSeconds };
    const files = isOfOrigins ? [] : await filesHere(source, own, parts);
    const found = new Set(files.map(({ start }) => start));
    const missing = starts.filter((start) => !found.has(start));
    const [first, ...others] = missing.map((start) => plannedSlot(source, start, own.mark));
    const rest = first && rangeOf([first, ...others]);
    const objects = files.flatMap(({ object }) => object ?? []);
    if (rest !== undefined && !mayAsk)
      return { files: objects, missing: rest, plan: undefined, storedRange: undefined };
    const logGroups = await logGroupsAt(source, parts.cloud, signal);
    return {
      files: objects,
      missing: rest,
      plan: first &&
        rest && {
          from: own.from,
          group: own.group,
          slots: [first, ...others],
          bytes: await bytesOf(source, rest, { ...parts, logGroups }, signal),
          atSeconds: nowSeconds,
        },
      storedRange: await deliveredRange(source, logGroups, objects, now, signal),
    };
  };
}

/** What the slots with the records of some addresses of a source are called. */
function ofSource(source: LogGroupSource, wanted: readonly string[]) {
  const addresses = [...new Set(wanted)].toSorted();
  const mark = createHash('sha256').update(addresses.join(' ')).digest('hex').slice(0, MARK_CHARACTERS);
  const whole = eventsOf(source);
  return {
    mark,
    group: groupName(source, mark),
    from: { ...whole, events: { ...whole.events, addresses } },
    whole,
  };
}

const MARK_CHARACTERS = 16;

function plannedSlot(source: LogGroupSource, start: number, mark: string): PlannedSlot {
  const slot = { fromSeconds: start, toSeconds: start + SLOT_SECONDS };
  return { key: slotKey(source, start, mark), slot };
}

/** From the first of some slots to the last. */
export function rangeOf([first, ...others]: InsightsPlan['slots']): SlotRange {
  return { fromSeconds: first.slot.fromSeconds, toSeconds: (others.at(-1) ?? first).slot.toSeconds };
}

/** A slot of which all is known, and its file where it has one. */
interface SlotHere {
  readonly start: number;
  readonly object: ScannedObject | undefined;
}

/** The slots that are known as a whole, and else by the records of the addresses. */
async function filesHere(
  source: LogGroupSource,
  own: ReturnType<typeof ofSource> & { readonly starts: readonly number[]; readonly nowSeconds: number },
  { known, isHere }: ReadAddressesParts,
): Promise<readonly SlotHere[]> {
  const wholes = await known.find(groupName(source), own.starts);
  const parts = await known.find(own.group, own.starts);
  const here = own.starts.map(async (start): Promise<readonly SlotHere[]> => {
    const choices = [
      { slot: wholes.get(start), key: slotKey(source, start), from: own.whole },
      { slot: parts.get(start), key: slotKey(source, start, own.mark), from: own.from },
    ];
    for (const { slot, key, from } of choices) {
      if (!isKnownSlot(start, slot, own.nowSeconds)) continue;
      const [object] = objectOfSlot(key, start, slot?.bytes).map((each) => ({ ...each, from }));
      if (object === undefined || (await isHere(object))) return [{ start, object }];
    }
    return [];
  });
  return (await Promise.all(here)).flat();
}

const DAY_SECONDS = 86_400;
/** A minute of events shows how many there are, where none are known; of a log group with few events ten do, or all. */
const SAMPLES_SECONDS = [60, 600, Number.POSITIVE_INFINITY];
const SAMPLE_PAGES = 10;

/** About how many bytes of events are in a slot range, and in the ten minutes before it: by slots that are known around it, or by a sample. */
async function bytesOf(
  source: LogGroupSource,
  { fromSeconds, toSeconds }: SlotRange,
  { known, now, logGroups }: ReadAddressesParts & { readonly logGroups: LogGroups },
  signal: AbortSignal,
): Promise<number> {
  const around = { fromSeconds: fromSeconds - DAY_SECONDS, toSeconds: toSeconds + DAY_SECONDS };
  const slots = await known.find(groupName(source), slotStarts(source, around, now()));
  const whole = [...slots].filter(([start, slot]) => isKnownSlot(start, slot, now().getTime() / 1_000));
  const sum = whole.reduce((bytes, [, slot]) => bytes + slot.bytes, 0);
  const seconds = toSeconds - fromSeconds + LONGEST_INTERVAL_SECONDS;
  if (sum > 0) return Math.ceil((sum / whole.length / SLOT_SECONDS) * seconds);
  const from = fromSeconds - LONGEST_INTERVAL_SECONDS;
  for (const sampleSeconds of SAMPLES_SECONDS) {
    const range = middleOf({ fromSeconds: from, toSeconds }, sampleSeconds);
    const bytesASecond = await sampled({ logGroup: source.place.logGroup, ...range }, logGroups, signal);
    if (bytesASecond > 0) return Math.ceil(bytesASecond * seconds);
  }
  return 0;
}

function middleOf({ fromSeconds, toSeconds }: SlotRange, seconds: number): SlotRange {
  const from = Math.max(Math.floor((fromSeconds + toSeconds - seconds) / 2), fromSeconds);
  return { fromSeconds: from, toSeconds: Math.min(from + seconds, toSeconds) };
}

/** Bytes a second of some events; of a log group that is asked for more pages than that, as far as they reach. */
async function sampled(wanted: WantedEvents, logGroups: LogGroups, signal: AbortSignal): Promise<number> {
  const { fromSeconds, toSeconds } = wanted;
  let [bytes, pages, newestMs] = [0, 0, fromSeconds * 1_000];
  for await (const events of logGroups.pages(wanted, signal)) {
    for (const { message, timestampMs } of events) {
      bytes += Buffer.byteLength(message);
      newestMs = Math.max(newestMs, timestampMs);
    }
    pages += events.length > 0 ? 1 : 0;
    if (pages === SAMPLE_PAGES) return bytes / Math.max(newestMs / 1_000 - fromSeconds, 1);
  }
  return bytes / (toSeconds - fromSeconds);
}

/** The files of slots of a plan whose records are known; undefined unless those of all slots are. */
export async function knownFiles(
  { group, slots, from }: InsightsPlan,
  { known, isHere, now }: ReadAddressesParts,
): Promise<readonly ScannedObject[] | undefined> {
  const found = await known.find(
    group,
    slots.map(({ slot }) => slot.fromSeconds),
  );
  const files: ScannedObject[] = [];
  for (const { key, slot } of slots) {
    const start = slot.fromSeconds;
    const of: KnownSlot | undefined = found.get(start);
    if (!isKnownSlot(start, of, now().getTime() / 1_000)) return undefined;
    const objects = objectOfSlot(key, start, of?.bytes).map((object) => ({ ...object, from }));
    for (const object of objects) if (!(await isHere(object))) return undefined;
    files.push(...objects);
  }
  return files;
}
