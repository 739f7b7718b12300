import { durationSeconds } from './duration/duration-seconds.ts';
import { plusDays, zoneCalendar } from './moment/calendar.ts';
import type { Window, WindowWords } from './window.ts';

/**
 * The stretch of time that window words mean when they are said at `now` in an IANA zone, ending at `now` at the latest.
 * What ends now ends with the last whole minute, where anything of the window is left then: files come minutes later
 * anyway, and two who ask within a minute ask the same, which Athena then answers once. Whether it makes sense is asked
 * of `checkWindow`: a window in the future or one that ends before it begins comes out with `from` at or after `to`.
 */
export function resolveWindow(words: WindowWords, now: Date, zone: string): Window {
  const inSeconds = words.kind === 'last' && words.duration.unit === 's';
  const byMinute = endingBy(words, wholeMinute(now), zone);
  return inSeconds || byMinute.to <= byMinute.from ? endingBy(words, wholeSecond(now), zone) : byMinute;
}

function endingBy(words: WindowWords, present: Date, zone: string): Window {
  const { from, to } = spokenWindow(words, present, zone);
  return { from, to: to > present ? present : to };
}

function wholeMinute(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 60_000) * 60_000);
}

/** Flow logs count in seconds. */
function wholeSecond(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}

/** The stretch as it was said, which may end in the future; `now` is a whole second. */
export function spokenWindow(words: WindowWords, now: Date, zone: string): Window {
  switch (words.kind) {
    case 'last':
      return { from: plusSeconds(now, -durationSeconds(words.duration)), to: now };
    case 'since':
      return { from: words.from, to: now };
    case 'between':
      return { from: words.from, to: words.to };
    case 'around': {
      const seconds = durationSeconds(words.duration);
      return { from: plusSeconds(words.at, -seconds), to: plusSeconds(words.at, seconds) };
    }
    case 'today':
      return { from: dayFrom(dateOf(now, zone), zone).from, to: now };
    case 'yesterday':
      return dayFrom(plusDays(dateOf(now, zone), -1), zone);
    case 'on':
      return dayFrom(words.date, zone);
  }
}

/** A whole day of a zone: 23, 24 or 25 hours, from midnight to midnight. */
function dayFrom(date: string, zone: string): Window {
  const { instantOf } = zoneCalendar(zone);
  return { from: instantOf(date, 0), to: instantOf(plusDays(date, 1), 0) };
}

function dateOf(instant: Date, zone: string): string {
  return zoneCalendar(zone).dateOf(instant);
}

function plusSeconds(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
