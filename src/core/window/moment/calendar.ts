import { tzOffset } from '@date-fns/tz';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A calendar and a clock on some wall: which day an instant is, and which instant a time of a day is. */
export interface Calendar {
  /** `YYYY-MM-DD`. */
  dateOf(instant: Date): string;
  instantOf(date: string, secondOfDay: number): Date;
}

/** The wall clock of a fixed offset from UTC, minutes east. */
export function offsetCalendar(offsetMinutes: number): Calendar {
  const shiftMs = offsetMinutes * MINUTE_MS;
  return {
    dateOf: (instant) => isoDate(instant.getTime() + shiftMs),
    instantOf: (date, secondOfDay) => new Date(wallMs(date, secondOfDay) - shiftMs),
  };
}

/**
 * The wall clock of an IANA time zone. One rule for the days on which clocks change, wherever a time is read: a
 * time that happens twice is the earlier one, and a time that is skipped is as much later as the clock was put
 * forward (02:30 becomes 03:30).
 */
export function zoneCalendar(zone: string): Calendar {
  const offsetMs = (ms: number): number => tzOffset(zone, new Date(ms)) * MINUTE_MS;
  return {
    dateOf: (instant) => isoDate(instant.getTime() + offsetMs(instant.getTime())),
    instantOf: (date, secondOfDay) => {
      const wall = wallMs(date, secondOfDay);
      const earlier = wall - offsetMs(wall - DAY_MS);
      const later = wall - offsetMs(wall + DAY_MS);
      const shown = [earlier, later].filter((ms) => ms + offsetMs(ms) === wall);
      return new Date(shown.length > 0 ? Math.min(...shown) : earlier);
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
