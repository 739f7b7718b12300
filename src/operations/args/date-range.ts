import type { Slot } from '../../core/flow-log/slots.ts';
import type { Kind } from '../../core/line/argument.ts';
import type { Reading } from '../../core/reading.ts';
import { parseDate } from '../../core/time/moments.ts';

const DAY_SECONDS = 86_400;
const EXAMPLE = '2026-11-20..2026-11-23';

/** Whole days in UTC, as partitions are: one, or from the first to the last, both included. */
export function dateRange(): Kind<Slot> {
  return {
    hint: 'dates',
    about: 'a day or days in UTC, as 2026-11-20..2026-11-23',
    example: EXAMPLE,
    distinct: true,
    read,
    write: ({ fromSeconds, toSeconds }) => {
      const [first, last] = [dateOf(fromSeconds), dateOf(toSeconds - DAY_SECONDS)];
      return first === last ? first : `${first}..${last}`;
    },
  };
}

function read(word: string): Reading<Slot> {
  const [first = '', last = first, ...more] = word.split('..');
  if (more.length > 0) return { problem: 'is not a day, nor two with .. between them', instead: EXAMPLE };
  const [from, to] = [parseDate(first, EXAMPLE), parseDate(last, EXAMPLE)];
  if (!('value' in from)) return from;
  if (!('value' in to)) return to;
  const [fromSeconds, lastSeconds] = [secondsOf(from.value), secondsOf(to.value)];
  if (lastSeconds < fromSeconds) return { problem: 'ends before it begins', instead: `${last}..${first}` };
  return { value: { fromSeconds, toSeconds: lastSeconds + DAY_SECONDS } };
}

function secondsOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 1000;
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
