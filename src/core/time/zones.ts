import { tzOffset } from '@date-fns/tz';

/** What reading a time needs to know of the asker: when they ask, and in which time zone their clock runs. */
export interface Clock {
  readonly now: Date;
  /** An IANA name. */
  readonly zone: string;
}

const EPOCH = new Date(0);
const UTC = 'UTC';

/** The zone itself, or UTC for a name that this runtime does not know: profiles may be newer than our zone tables. */
export function knownZone(zone: string): string {
  return zone !== '' && Number.isFinite(tzOffset(zone, EPOCH)) ? zone : UTC;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A calendar and a clock on some wall: which day an instant is, and which instant a time of a day is. */
export interface Calendar {
  /** `YYYY-MM-DD`. */
  dateOf(instant: Date): string;
  instantOf(date: string, secondOfDay: number): Date;
  /** Every instant at which the clock shows that time on that day, in order: two where it was put back, none where forward. */
  instantsOf(date: string, secondOfDay: number): readonly Date[];
  /** What a time that is skipped is by the clock before the change and by the one after it; the earlier instant first. */
  aroundGap(date: string, secondOfDay: number): readonly [Date, Date];
}

/** The wall clock of a fixed offset from UTC, minutes east. */
export function offsetCalendar(offsetMinutes: number): Calendar {
  const shiftMs = offsetMinutes * MINUTE_MS;
  const instantOf = (date: string, secondOfDay: number) => new Date(wallMs(date, secondOfDay) - shiftMs);
  return {
    dateOf: (instant) => isoDate(instant.getTime() + shiftMs),
    instantOf,
    instantsOf: (date, secondOfDay) => [instantOf(date, secondOfDay)],
    aroundGap: (date, secondOfDay) => [instantOf(date, secondOfDay), instantOf(date, secondOfDay)],
  };
}

/**
 * The wall clock of an IANA time zone. On the days on which clocks change `instantOf` takes a time that happens twice
 * for the earlier one, and one that is skipped for as much later as the clock was put forward (02:30 becomes 03:30):
 * who reads a time that a person said asks `instantsOf` and says which it took.
 */
export function zoneCalendar(zone: string): Calendar {
  const offsetMs = (ms: number): number => tzOffset(zone, new Date(ms)) * MINUTE_MS;
  /** By the clock of the day before, and by that of the day after. */
  const byClocks = (wall: number) =>
    [wall - offsetMs(wall - DAY_MS), wall - offsetMs(wall + DAY_MS)] as const;
  function instantsOf(date: string, secondOfDay: number): readonly Date[] {
    const wall = wallMs(date, secondOfDay);
    const shown = byClocks(wall).filter((ms) => ms + offsetMs(ms) === wall);
    return [...new Set(shown)].toSorted((one, other) => one - other).map((ms) => new Date(ms));
  }
  return {
    dateOf: (instant) => isoDate(instant.getTime() + offsetMs(instant.getTime())),
    instantOf: (date, secondOfDay) =>
      instantsOf(date, secondOfDay)[0] ?? new Date(byClocks(wallMs(date, secondOfDay))[0]),
    instantsOf,
    aroundGap(date, secondOfDay) {
      const [before, after] = byClocks(wallMs(date, secondOfDay));
      return [new Date(Math.min(before, after)), new Date(Math.max(before, after))];
    },
  };
}

/** The date so many days later; a calendar's arithmetic, free of clocks. */
export function plusDays(date: string, days: number): string {
  return isoDate(wallMs(date, 0) + days * DAY_MS);
}

function wallMs(date: string, secondOfDay: number): number {
  return Date.parse(`${date}T00:00:00Z`) + secondOfDay * 1000;
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
