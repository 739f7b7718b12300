import { AWS_LIMITS } from './aws-limits.ts';
import { FLOW_LOG_SERVICE, isRegion } from './object-key.ts';

/** The longest time that one record can cover: the aggregation interval when none was chosen. */
export const [, LONGEST_INTERVAL_SECONDS] = AWS_LIMITS.intervalsSeconds;

/** AWS publishes a file for every five minutes; its name carries the minute at which they began. */
export const SLOT_SECONDS = AWS_LIMITS.slotSeconds;

const NAME_TIME = /_((?:19|20)\d{2})(\d{2})(\d{2})T(\d{2})(\d{2})Z_/;
const HOUR_SECONDS = 3600;

/**
 * The instant in a file's name, `…_20241214T1625Z_….log.gz`, in epoch seconds: when its slot began. Undefined where the
 * name has none, or digits that are no time.
 */
export function nameTimeSeconds(key: string): number | undefined {
  const found = NAME_TIME.exec(key.slice(key.lastIndexOf('/') + 1));
  return found === null ? undefined : timeOf(found.slice(1).map(Number))?.fromSeconds;
}

/** What the names of one flow log's files begin with: account, service, region and flow log id; empty without a time. */
export function flowLogOf(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return name.slice(0, Math.max(name.search(NAME_TIME), 0));
}

/**
 * The slot range of a folder of a lake, from `2024/12/14/16` below `vpcflowlogs/<region>` or from
 * `year=2024/month=12/day=14/hour=16` below `aws-region=`, as deep as the path goes. Undefined everywhere else: what
 * looks like a date above AWS's own folders is a prefix of its owner, and files of any time may lie below it.
 */
export function folderTime(path: string): SlotRange | undefined {
  const segments = path.split('/');
  const inAwsLayout = segments.slice(segments.lastIndexOf('AWSLogs') + 1);
  const parts = hiveParts(inAwsLayout) ?? plainParts(inAwsLayout);
  // `2024/02/31` counts as all of February, because its owner may have meant any day.
  const depths = parts.map((_, index) => timeOf(parts.slice(0, parts.length - index)));
  return depths.find((time) => time !== undefined);
}

const HIVE_KEYS = ['year', 'month', 'day', 'hour'] as const;

function hiveParts(segments: readonly string[]): readonly number[] | undefined {
  const region = segments.findLastIndex((segment) => segment.startsWith('aws-region='));
  if (region < 0) return undefined;
  return leading(HIVE_KEYS, (key, index) => {
    const [name, digits = ''] = (segments[region + 1 + index] ?? '').split('=');
    return name === key && /^\d+$/.test(digits) ? Number(digits) : undefined;
  });
}

const PLAIN_PARTS = [/^(?:19|20)\d{2}$/, /^\d{2}$/, /^\d{2}$/, /^\d{2}$/] as const;

function plainParts(segments: readonly string[]): readonly number[] {
  const service = segments.findLastIndex(
    (segment, index) => segment === FLOW_LOG_SERVICE && isRegion(segments[index + 1] ?? ''),
  );
  if (service < 0) return [];
  return leading(PLAIN_PARTS, (pattern, index) => {
    const segment = segments[service + 2 + index] ?? '';
    return pattern.test(segment) ? Number(segment) : undefined;
  });
}

/** The results for each item, up to the first without one. */
function leading<T, R>(row: readonly T[], find: (one: T, index: number) => R | undefined): readonly R[] {
  const found: R[] = [];
  for (const [index, one] of row.entries()) {
    const part = find(one, index);
    if (part === undefined) break;
    found.push(part);
  }
  return found;
}

/** The time of a year, or of a month in it, down to a minute; undefined for numbers that are in no calendar. */
function timeOf(parts: readonly number[]): SlotRange | undefined {
  const [, month = 1, day = 1, hour = 0, minute = 0] = parts;
  const from = new Date(utcSeconds(...parts) * 1000);
  const isReal =
    from.getUTCMonth() === month - 1 &&
    from.getUTCDate() === day &&
    from.getUTCHours() === hour &&
    from.getUTCMinutes() === minute;
  if (!isReal) return undefined;
  const next = parts.map((part, index) => (index === parts.length - 1 ? part + 1 : part));
  return { fromSeconds: utcSeconds(...parts), toSeconds: utcSeconds(...next) };
}

function utcSeconds(year = 0, month = 1, day = 1, hour = 0, minute = 0): number {
  return Date.UTC(year, month - 1, day, hour, minute) / 1000;
}

/**
 * The slots for which the files of one folder and one flow log may hold records: for choosing what to read. AWS writes a
 * file for every five minutes; exports and converted logs may hold an hour or more, so where most names are on the hour
 * such a file may reach to the next of them, or to the end of its folder: reading one file too many is better than
 * missing one. What a file is known to hold is another thing: `knownSlot`.
 */
export function slotsInFolder(
  namesSeconds: readonly number[],
  folder: SlotRange | undefined,
): ReadonlyMap<number, SlotRange> {
  const times = [...new Set(namesSeconds)].toSorted((a, b) => a - b);
  const onTheHour = times.filter((time) => time % HOUR_SECONDS === 0);
  const everyFiveMinutes = times.length - onTheHour.length >= onTheHour.length / MOSTLY;
  const ends = new Map(
    onTheHour.map((time, index) => [time, onTheHour[index + 1] ?? folder?.toSeconds ?? 0]),
  );
  return new Map(
    times.map((fromSeconds) => {
      const least = fromSeconds + SLOT_SECONDS;
      const toSeconds = everyFiveMinutes ? least : Math.max(ends.get(fromSeconds) ?? least, least);
      return [fromSeconds, { fromSeconds, toSeconds }];
    }),
  );
}

/** Of files for every five minutes one in twelve is named on the hour; so few others among many that are say nothing. */
const MOSTLY = 3;

/** What is known of a file that was chosen by a slot of `slotsInFolder`. */
export interface KnownOfFile {
  /** When its records ended; undefined where that is unknown, and where it has none. */
  readonly ends: SlotRange | undefined;
  /** Whether its flow log is known to have files of an hour. */
  readonly hourly: boolean;
}

/** Whether a file holds more than the five minutes of AWS's own. */
export function holdsMoreThanFiveMinutes(
  { fromSeconds, toSeconds }: SlotRange,
  ends: SlotRange | undefined,
): boolean {
  const least = fromSeconds + SLOT_SECONDS;
  return toSeconds > least && ends !== undefined && ends.toSeconds > least;
}

/**
 * The slot for which a file is known to hold the records that ended in it. One named on the hour counts for as many hours
 * as its records fill, for one where others of its flow log hold an hour, and else for five minutes: then it may be one of
 * AWS's own. Records that ended up to the longest interval after an hour are late ones of it, and no sign of the next.
 */
export function knownSlot(chosen: SlotRange, { ends, hourly }: KnownOfFile): SlotRange {
  const { fromSeconds } = chosen;
  if (chosen.toSeconds <= fromSeconds + SLOT_SECONDS) return chosen;
  if (!hourly && !holdsMoreThanFiveMinutes(chosen, ends)) {
    return { fromSeconds, toSeconds: fromSeconds + SLOT_SECONDS };
  }
  const filled = (ends?.toSeconds ?? 0) - LONGEST_INTERVAL_SECONDS - fromSeconds;
  const hours = Math.max(Math.ceil(filled / HOUR_SECONDS), 1);
  return { fromSeconds, toSeconds: Math.min(fromSeconds + hours * HOUR_SECONDS, chosen.toSeconds) };
}

/** From the first to the last of any number of slots; there may be more than a call takes arguments. */
export function slotRangeOver(slots: readonly SlotRange[]): SlotRange | undefined {
  const [first, ...others] = slots;
  if (first === undefined) return undefined;
  return others.reduce(
    (all, { fromSeconds, toSeconds }) => ({
      fromSeconds: Math.min(all.fromSeconds, fromSeconds),
      toSeconds: Math.max(all.toSeconds, toSeconds),
    }),
    first,
  );
}

/** One slot or several in a row, in epoch seconds `[fromSeconds, toSeconds)`: a file of it holds the records that ended in it. */
export interface SlotRange {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}
