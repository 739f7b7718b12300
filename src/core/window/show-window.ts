import { tz } from '@date-fns/tz';
import { format } from 'date-fns';
import { LONGEST_INTERVAL_SECONDS } from '../flow-log/interval.ts';
import type { Window } from './window.ts';
import { zoneName } from './zone-name.ts';

/** The year too: logs are asked about long after. */
const DAY = 'yyyy-MM-dd';

/**
 * A window in words for people, in the asker's zone and in UTC: `2026-11-22 14:05–15:05 CET (13:05–14:05 UTC)`. Both
 * days are shown when it crosses midnight, the UTC day when it is another. Seconds are shown only of windows
 * shorter than the interval that a single record may stand for.
 */
export function showWindow(window: Window, zone: string): string {
  const local = stretch(window, zone);
  if (zoneName(window.from, zone) === 'UTC') return `${local.day}${local.text}`;
  const utc = stretch(window, 'UTC');
  const sameDay = utc.day === local.day && utc.days === 1 && local.days === 1;
  return `${local.day}${local.text} (${sameDay ? '' : utc.day}${utc.text})`;
}

interface Stretch {
  /** The day on which it begins, with a space behind. */
  readonly day: string;
  readonly days: number;
  readonly text: string;
}

function stretch({ from, to }: Window, zone: string): Stretch {
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

function written(instant: Date, pattern: string, zone: string): string {
  return format(instant, pattern, { in: tz(zone) });
}
