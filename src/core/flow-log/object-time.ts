import type { Slot } from '../ports/scan.ts';
import { SLOT_SECONDS } from './interval.ts';

const NAME_TIME = /_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_/;
const HIVE_TIME = /^(year|month|day|hour)=(\d+)$/;
const YEAR = /^(19|20)\d{2}$/;
const TWO_DIGITS = /^\d{2}$/;
const SURELY_A_DAY = 3;

/** The instant in a file's name, `…_20241214T1625Z_….log.gz`, in epoch seconds: when its slot began. */
export function nameTimeSeconds(key: string): number | undefined {
  const found = NAME_TIME.exec(key.slice(key.lastIndexOf('/') + 1));
  if (found === null) return undefined;
  const [year, month, day, hour, minute] = found.slice(1).map(Number);
  return utcSeconds(year, month, day, hour, minute);
}

/** What the names of one flow log's files begin with: account, service, region and flow log id; empty without a time. */
export function flowLogOf(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return name.slice(0, Math.max(name.search(NAME_TIME), 0));
}

/**
 * The time that a folder of a lake stands for, from `2024/12/14/16` after the region or from
 * `year=2024/month=12/day=14/hour=16`, as deep as the path goes; undefined above the year.
 */
export function folderTime(path: string): Slot | undefined {
  const segments = path.split('/');
  const inAwsLayout = segments.slice(segments.lastIndexOf('AWSLogs') + 1);
  const parts = hiveParts(inAwsLayout) ?? plainParts(inAwsLayout);
  if (parts.length === 0) return undefined;
  const next = parts.map((part, index) => (index === parts.length - 1 ? part + 1 : part));
  return { fromSeconds: utcSeconds(...parts), toSeconds: utcSeconds(...next) };
}

function hiveParts(segments: readonly string[]): readonly number[] | undefined {
  const parts = segments.flatMap((segment) => {
    const found = HIVE_TIME.exec(segment);
    return found === null ? [] : [Number(found[2])];
  });
  return parts.length > 0 ? parts : undefined;
}

/**
 * Digits before the region are an account, not a year. In a lake cut out below it, the first year counts, but only
 * with its month and day: a folder `2023` may as well be somebody's prefix, with an `AWSLogs` of any year in it.
 */
function plainParts(segments: readonly string[]): readonly number[] {
  const service = segments.indexOf('vpcflowlogs');
  const first = segments.findIndex(
    (segment, index) => (service < 0 || index > service + 1) && YEAR.test(segment),
  );
  if (first < 0) return [];
  const rest = segments.slice(first + 1, first + 4);
  const digits = rest.findIndex((segment) => !TWO_DIGITS.test(segment));
  const parts = [segments[first], ...rest.slice(0, digits < 0 ? rest.length : digits)].map(Number);
  return service < 0 && parts.length < SURELY_A_DAY ? [] : parts;
}

function utcSeconds(year = 0, month = 1, day = 1, hour = 0, minute = 0): number {
  return Date.UTC(year, month - 1, day, hour, minute) / 1000;
}

/**
 * The slots of the files of one folder and one flow log. AWS writes a file for every five minutes; exports and
 * converted logs may hold an hour or more, so where no name has an odd minute a file may reach to the next one's
 * time, or to the end of its folder: reading one file too many is better than missing one.
 */
export function slotsInFolder(
  namesSeconds: readonly number[],
  folder: Slot | undefined,
): ReadonlyMap<number, Slot> {
  const times = [...new Set(namesSeconds)].toSorted((a, b) => a - b);
  const everyFiveMinutes = times.some((time) => time % 3600 !== 0);
  return new Map(
    times.map((fromSeconds, index) => {
      const next = times[index + 1] ?? folder?.toSeconds ?? fromSeconds + SLOT_SECONDS;
      const toSeconds = everyFiveMinutes
        ? fromSeconds + SLOT_SECONDS
        : Math.max(next, fromSeconds + SLOT_SECONDS);
      return [fromSeconds, { fromSeconds, toSeconds }];
    }),
  );
}
