import type { CorrectedReading } from '../reading.ts';
import { durationSeconds, speakDuration, writeDuration } from './durations.ts';
import { writeMoment } from './moments.ts';
import type { Window, WindowWords } from './window.ts';
import { type Clock, plusDays, zoneCalendar } from './zones.ts';

/**
 * The window that words mean when they are typed at `now` in an IANA zone, ending at `now` at the latest.
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

/** The window as it was typed, which may end in the future; `now` is a whole second. */
function spokenWindow(words: WindowWords, now: Date, zone: string): Window {
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

/**
 * Resolves window words and judges them: refused are windows in the future, empty or reversed ones, and ones above
 * the longest. A window that ends in the future ends now, with a note. `instead` is a whole window: `last 1h`.
 */
export function checkWindow(
  words: WindowWords,
  clock: Clock,
  longestSeconds: number,
): CorrectedReading<Window> {
  const window = resolveWindow(words, clock.now, clock.zone);
  const spoken = spokenWindow(words, clock.now, clock.zone);
  const instead = 'last 1h';
  if (spoken.to < spoken.from && words.kind === 'between') return reversed(words.from, words.to);
  if (spoken.from > clock.now) return { problem: 'is in the future', instead };
  if (window.to <= window.from) return { problem: 'has no length', instead: lengthened(words, spoken) };
  const seconds = (window.to.getTime() - window.from.getTime()) / 1000;
  if (seconds > longestSeconds) {
    const problem = `is longer than ${writeDuration(speakDuration(longestSeconds))}, the longest window`;
    return { problem, instead: narrowed(words, spoken, longestSeconds) };
  }
  if (spoken.to <= clock.now) return { value: window };
  return { value: window, note: `The window ends now: ${writeMoment(spoken.to)} has not come yet` };
}

function reversed(from: Date, to: Date): CorrectedReading<Window> {
  return {
    problem: 'ends before it begins',
    instead: writeWindow({ kind: 'between', from: to, to: from }),
  };
}

function lengthened(words: WindowWords, { from }: Window): string {
  if (words.kind === 'today') return 'yesterday';
  if (words.kind !== 'between') return 'last 1h';
  return writeWindow({ kind: 'around', at: from, duration: { amount: 15, unit: 'm' } });
}

function narrowed(words: WindowWords, { from, to }: Window, longestSeconds: number): string {
  const longest = speakDuration(longestSeconds);
  switch (words.kind) {
    case 'last':
    case 'since':
    case 'today':
      return writeWindow({ kind: 'last', duration: longest });
    case 'around': {
      const duration = speakDuration(Math.max(1, Math.floor(longestSeconds / 2)));
      return writeWindow({ kind: 'around', at: words.at, duration });
    }
    case 'between':
      return writeWindow({ kind: 'between', from: new Date(to.getTime() - longestSeconds * 1000), to });
    case 'yesterday':
    case 'on':
      return writeWindow({ kind: 'between', from, to: new Date(from.getTime() + longestSeconds * 1000) });
  }
}

/** Writes window words as a line has them; reading them again in the same zone gives the same words. */
export function writeWindow(words: WindowWords): string {
  switch (words.kind) {
    case 'last':
      return `last ${writeDuration(words.duration)}`;
    case 'since':
      return `since ${writeMoment(words.from)}`;
    case 'between':
      return `since ${writeMoment(words.from)} until ${writeMoment(words.to)}`;
    case 'around':
      return `around ${writeMoment(words.at)} ${writeDuration(words.duration)}`;
    case 'on':
      return `on ${words.date}`;
    case 'today':
    case 'yesterday':
      return words.kind;
  }
}
