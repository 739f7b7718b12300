import type { CorrectedReading, Recognised } from '../reading.ts';
import { showMoment } from './show-time.ts';
import { type Calendar, type Clock, offsetCalendar, plusDays, zoneCalendar } from './zones.ts';

const DATE = String.raw`(?:(?<date>\d+-\d+-\d+|today|yesterday)(?:[t ](?=\d)|$))?`;
const TIME = String.raw`(?:(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d{1,9})?)?)?`;
const OFFSET = String.raw`(?: ?(?<utc>z|utc|gmt)| ?(?<sign>[+-])(?<hours>\d{2})(?::?(?<minutes>\d{2}))?)?`;
const MOMENT = new RegExp(`^${DATE}${TIME}${OFFSET}$`);
const EPOCH_SECONDS = /^\d{10}$/;
const EPOCH_MS = /^\d{13}$/;
const EARLIEST = new Date('2015-01-01T00:00:00Z');
const HOUR_MS = 3_600_000;
const LONGEST_NIGHT_MS = 18 * HOUR_MS;

/**
 * Reads an instant: `14:05`, `14:05Z`, `2026-11-22T14:05+09:00`, `2026-11-22 14:05`, `2026-11-22` (its midnight),
 * epoch seconds or milliseconds, `now`. Without an offset it is the asker's wall clock. Parts of a second are cut.
 *
 * A time of day without a date is the latest one that is not in the future. With `after` (the `since` of an
 * `until`) it is the first one after that, also past midnight (`since 23:50 until 00:10`); but not one that has not
 * come yet or lies most of a day away: `since 15:00 until 14:00` is a slip, and stays on the same day to be refused.
 *
 * A time that comes twice on that day, or not at all, because the clocks change is read with a note that says as what.
 */
export function parseMoment(typed: string, clock: Clock, after?: Date): CorrectedReading<Date> {
  const instead = writeMoment(new Date(Math.floor((clock.now.getTime() - HOUR_MS) / 60_000) * 60_000));
  const word = typed.toLowerCase();
  if (word === 'now') return { value: wholeSecond(clock.now.getTime()) };
  if (EPOCH_SECONDS.test(word)) return known(new Date(Number(word) * 1000), instead);
  if (EPOCH_MS.test(word)) return known(wholeSecond(Number(word)), instead);
  const parts = MOMENT.exec(word)?.groups;
  const secondOfDay = secondOf(parts ?? {});
  const calendar = calendarOf(parts ?? {}, clock.zone);
  if (parts === undefined || (parts.date === undefined && parts.hour === undefined))
    return { problem: 'is not a time', instead };
  if (secondOfDay === undefined) return { problem: 'is not a time of day from 00:00 to 23:59', instead };
  if (calendar === undefined) return { problem: 'has an offset that no place on earth has', instead };
  const withNote = (spoken: TimeOfDay): Recognised<Date> => {
    const isTimeOfDay = parts.hour !== undefined;
    const note = isTimeOfDay ? clockChangeNote(spoken, calendar, clock.zone) : undefined;
    return { value: spoken.instant, ...(note !== undefined && { note }) };
  };
  if (parts.date === undefined) return withNote(nearestTimeOfDay(calendar, secondOfDay, clock.now, after));
  const date = parseDate(dateOf(parts.date, calendar, clock.now), instead.slice(0, 10));
  if (!('value' in date)) return date;
  const spoken = {
    date: date.value,
    secondOfDay,
    instant: firstAfter(calendar, date.value, secondOfDay, after),
  };
  const reading = known(spoken.instant, instead);
  return 'value' in reading ? withNote(spoken) : reading;
}

type Parts = Readonly<Record<string, string | undefined>>;

function secondOf({ hour = '0', minute = '0', second = '0' }: Parts): number | undefined {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return Number(hour) * 3600 + Number(minute) * 60 + Number(second);
}

function calendarOf({ utc, sign, hours, minutes = '0' }: Parts, zone: string): Calendar | undefined {
  if (utc !== undefined) return offsetCalendar(0);
  if (hours === undefined) return zoneCalendar(zone);
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return offsetCalendar((sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)));
}

function dateOf(word: string, calendar: Calendar, now: Date): string {
  if (word === 'today') return calendar.dateOf(now);
  return word === 'yesterday' ? plusDays(calendar.dateOf(now), -1) : word;
}

function nearestTimeOfDay(
  calendar: Calendar,
  secondOfDay: number,
  now: Date,
  after: Date | undefined,
): TimeOfDay {
  const today = calendar.dateOf(after ?? now);
  const on = (days: number, choose: (date: string) => Date): TimeOfDay => {
    const date = plusDays(today, days);
    return { date, secondOfDay, instant: choose(date) };
  };
  if (after === undefined) {
    const earliest = (date: string) => calendar.instantOf(date, secondOfDay);
    const sameDay = on(0, earliest);
    return sameDay.instant <= now ? sameDay : on(-1, earliest);
  }
  const first = (date: string) => firstAfter(calendar, date, secondOfDay, after);
  const [sameDay, nextDay] = [on(0, first), on(1, first)];
  const slip = nextDay.instant > now || nextDay.instant.getTime() - after.getTime() > LONGEST_NIGHT_MS;
  return sameDay.instant > after || slip ? sameDay : nextDay;
}

/** Of a time that comes twice the first one behind the beginning of a window. */
function firstAfter(calendar: Calendar, date: string, secondOfDay: number, after: Date | undefined): Date {
  const instants = calendar.instantsOf(date, secondOfDay);
  const first = after === undefined ? undefined : instants.find((instant) => instant > after);
  return first ?? calendar.instantOf(date, secondOfDay);
}

function known(value: Date, instead: string): CorrectedReading<Date> {
  return value < EARLIEST ? { problem: 'is before there were flow logs', instead } : { value };
}

function wholeSecond(ms: number): Date {
  return new Date(Math.floor(ms / 1000) * 1000);
}

/** VPC flow logs exist since June 2015. */
const FIRST_YEAR = 2015;

/** Reads a day of the calendar, `YYYY-MM-DD`; `instead` is given back for a word that is none. */
export function parseDate(word: string, instead: string): CorrectedReading<string> {
  if (/^[+-]?\d{5,}-\d/.test(word)) return { problem: 'has a year that is far too late', instead };
  if (!/^\d{4}-\d{2}-\d{2}$/.test(word)) return { problem: 'is not a date like 2026-11-22', instead };
  const midnight = new Date(`${word}T00:00:00Z`);
  // Date takes 31 February for 3 March: only a day of the calendar comes back as it was written.
  const exists = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(word);
  if (!exists) return { problem: 'is not a day of the calendar', instead };
  if (midnight.getUTCFullYear() < FIRST_YEAR) return { problem: 'is before there were flow logs', instead };
  return { value: word };
}

/** Writes an instant as a line does, to the second: `2026-11-22T13:05Z`, `2026-11-22T13:05:30Z`. */
export function writeMoment(instant: Date): string {
  const [date, time = ''] = instant.toISOString().split('T');
  const seconds = time.slice(5, 8);
  return `${date}T${time.slice(0, 5)}${seconds === ':00' ? '' : seconds}Z`;
}

/** Past the year 9999 times are no longer written with four digits, and no flow log is from there. */
const LATEST_SECONDS = Date.UTC(9999, 11, 31) / 1000;

/** The instant of epoch seconds as a record has them; undefined for a number that is no time of a flow log. */
export function instantAt(seconds: number): Date | undefined {
  return seconds >= 0 && seconds <= LATEST_SECONDS ? new Date(seconds * 1000) : undefined;
}

/** A time of a day as a person said it, and the instant that it was taken for. */
interface TimeOfDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly secondOfDay: number;
  readonly instant: Date;
}

/**
 * The note about a time that the clock shows twice on its day, or never: as which instant it was read,
 * which other one it may mean, and how to say that one. Undefined for any other time.
 */
function clockChangeNote(
  { date, secondOfDay, instant }: TimeOfDay,
  calendar: Calendar,
  zone: string,
): string | undefined {
  const instants = calendar.instantsOf(date, secondOfDay);
  if (instants.length === 1) return undefined;
  const readings = instants.length > 1 ? instants : calendar.aroundGap(date, secondOfDay);
  const others = readings.filter((each) => each.getTime() !== instant.getTime());
  const happens = instants.length > 1 ? 'comes twice' : 'does not exist';
  const forOthers = others.map((other) => `for ${showMoment(other, zone)} type ${writeMoment(other)}`);
  const read = `read as ${showMoment(instant, zone)}`;
  return `${timeOfDay(secondOfDay)} ${happens} on ${date} in ${zone}, where the clocks change: ${[read, ...forOthers].join('; ')}`;
}

function timeOfDay(secondOfDay: number): string {
  const time = new Date(secondOfDay * 1000).toISOString().slice(11, 19);
  return time.endsWith(':00') ? time.slice(0, 5) : time;
}
