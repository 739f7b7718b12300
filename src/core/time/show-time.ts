import { tz } from '@date-fns/tz';
import { format } from 'date-fns';
import { LONGEST_INTERVAL_SECONDS } from '../flow-log/slots.ts';
import type { Window } from './window.ts';

/**
 * An instant in words for people, in their zone and in UTC: `22 Nov 2026 14:05 CET (13:05 UTC)`; seconds only when there
 * are some. Where a window is shown with it that leaves no doubt of the day, it is the time alone: `14:05 CET`.
 */
export function showMoment(instant: Date, zone: string, within?: Window): string {
  const time = timePattern(instant);
  const name = zoneName(instant, zone);
  if (isDayClear(instant, zone, within)) return `${written(instant, time, zone)} ${name}`;
  const day = written(instant, DAY, zone);
  const local = `${day} ${written(instant, time, zone)} ${name}`;
  if (name === 'UTC') return local;
  const utcDay = written(instant, DAY, 'UTC');
  return `${local} (${utcDay === day ? '' : `${utcDay} `}${written(instant, time, 'UTC')} UTC)`;
}

/** A time of day in a person's zone, `13:58`; with its day where that is another one than that of a moment next to it. */
export function showClock(instant: Date, nextTo: Date | undefined, zone: string): string {
  const isSameDay = nextTo !== undefined && written(instant, DAY, zone) === written(nextTo, DAY, zone);
  return written(instant, isSameDay ? 'HH:mm' : `${DAY} HH:mm`, zone);
}

/** An instant for a cell whose heading names the zone: `14:05:30`, with its day where the window leaves that open. */
export function showMomentInCell(instant: Date, zone: string, within?: Window): string {
  return written(instant, isDayClear(instant, zone, within) ? 'HH:mm:ss' : 'd MMM HH:mm:ss', zone);
}

function timePattern(instant: Date): string {
  return instant.getTime() % 60_000 < 1000 ? 'HH:mm' : 'HH:mm:ss';
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Whether a window says of which day the time of an instant is: the instant is on the one day of the window, or in a window
 * that has no time of day twice, an hour around it included.
 */
export function isDayClear(instant: Date, zone: string, within: Window | undefined): boolean {
  if (within === undefined) return false;
  const { from, to } = within;
  const isUnique = to.getTime() - from.getTime() <= DAY_MS - 2 * HOUR_MS;
  const isNear = from.getTime() - instant.getTime() < HOUR_MS && instant.getTime() - to.getTime() < HOUR_MS;
  if (isUnique && isNear) return true;
  const day = written(from, DAY, zone);
  const last = new Date(to.getTime() - 1);
  return written(last, DAY, zone) === day && written(instant, DAY, zone) === day;
}

function written(instant: Date, pattern: string, zone: string): string {
  return format(instant, pattern, { in: tz(zone) });
}

/** The year too: logs are asked about long after. */
const DAY = 'd MMM yyyy';

/**
 * A window in words for people, in the asker's zone and in UTC: `22 Nov 2026 14:05–15:05 CET (13:05–14:05 UTC)`. Both
 * days are shown when it crosses midnight, the UTC day when it is another. Seconds are shown only of windows
 * shorter than the interval that a single record may cover. Of a part of a window that is shown with it, and that leaves
 * no doubt of the day, only the times are written: `14:05–14:10 CET`.
 */
export function showWindow(window: Window, zone: string, within?: Window): string {
  const local = windowTimes(window, zone);
  if (local.days === 1 && isDayClear(window.from, zone, within) && isDayClear(window.to, zone, within))
    return local.text;
  if (zoneName(window.from, zone) === 'UTC') return `${local.day}${local.text}`;
  const utc = windowTimes(window, 'UTC');
  const sameDay = utc.day === local.day && utc.days === 1 && local.days === 1;
  return `${local.day}${local.text} (${sameDay ? '' : utc.day}${utc.text})`;
}

interface WindowTimes {
  /** The day on which it begins, with a space behind. */
  readonly day: string;
  readonly days: number;
  readonly text: string;
}

function windowTimes({ from, to }: Window, zone: string): WindowTimes {
  const short = to.getTime() - from.getTime() < LONGEST_INTERVAL_SECONDS * 1000;
  const whole = from.getTime() % 60_000 === 0 && to.getTime() % 60_000 === 0;
  const time = short && !whole ? 'HH:mm:ss' : 'HH:mm';
  const [fromDay, toDay] = [written(from, DAY, zone), written(to, DAY, zone)];
  const [fromZone, toZone] = [zoneName(from, zone), zoneName(to, zone)];
  const begin = `${written(from, time, zone)}${fromZone === toZone ? '' : ` ${fromZone}`}`;
  const end = `${written(to, time, zone)} ${toZone}`;
  if (fromDay === toDay) return { day: `${fromDay} `, days: 1, text: `${begin}–${end}` };
  return { day: `${fromDay} `, days: 2, text: `${begin} – ${toDay} ${end}` };
}

/** Each knows the short names of its own part of the world; the rest it writes as an offset. */
const LOCALES: readonly string[] = ['en-GB', 'en-US', 'en-AU', 'en-IN', 'en-ZA', 'en-SG', 'ja-JP'];

/** Making a format takes a hundred times as long as using it, and a table shows hundreds of moments. */
const FORMATS = new Map<string, readonly Intl.DateTimeFormat[]>();

/** The short name of a time zone at an instant: `CET`, `EDT`, `JST`, or its offset as `UTC+5:45`. */
export function zoneName(instant: Date, zone: string): string {
  let name = '';
  for (const format of formatsOf(zone)) {
    name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    if (/^[A-Z]{2,5}$/.test(name)) return name;
  }
  return name.replace(/^GMT/, 'UTC');
}

function formatsOf(zone: string): readonly Intl.DateTimeFormat[] {
  const known = FORMATS.get(zone);
  if (known !== undefined) return known;
  const made = LOCALES.map(
    (locale) => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }),
  );
  FORMATS.set(zone, made);
  return made;
}
