import type { SlotRange } from '../../core/flow-log/slots.ts';
import type { Kind } from '../../core/line/argument.ts';
import { namedBy } from '../../core/line/plain-arguments.ts';
import { RESOURCE_NOUNS, type ResourcePrefix, resourceId } from '../../core/line/resource-id.ts';
import { SCOPE_ARGS } from '../../core/line/standard-arguments.ts';
import type { Reading } from '../../core/reading.ts';
import { parseDuration } from '../../core/time/durations.ts';
import { parseDate } from '../../core/time/moments.ts';

const ID = new RegExp(`^(?:fl-|(?:${Object.keys(RESOURCE_NOUNS).join('|')})-[0-9a-f]+$)`);
const HAS_LETTER = /[a-z]/;

/**
 * What `sources` lists: the id of a flow log, or the name of a source that is only configured; and where others are
 * said, the id of a resource. What looks like an id, a length of time or a number is taken for no name.
 */
export function sourceName(...others: readonly ResourcePrefix[]): Kind<string> {
  const { about, example, read, write } = resourceId('fl', ...others);
  return {
    hint: others.length === 0 ? 'source' : 'id',
    about: `${about}, or the name of a configured source`,
    example,
    read: (word) => {
      const name = SCOPE_ARGS.in.read(word);
      if (ID.test(word.toLowerCase()) || !('value' in name) || name.value === undefined) return read(word);
      if ('value' in parseDuration(word) || !HAS_LETTER.test(name.value)) return read(word);
      return { value: name.value };
    },
    write,
  };
}

/** The id of a plan, as it is shown with the plan. */
export function planId(): Kind<string> {
  return namedBy(/^op-[a-z0-9]{4,12}$/, { hint: 'plan', about: 'the id of a plan', example: 'op-7k2m9q4d' });
}

/** A word that is compared with the one that a plan asks for, and used for nothing else. */
export function typedWord(): Kind<string> {
  return {
    hint: 'word',
    about: 'the word that the plan asks for',
    example: 'fl-0a1b2c3d4e5f60718',
    read: (word) => ({ value: word }),
    write: (value) => value,
  };
}

const DAY_SECONDS = 86_400;
const EXAMPLE = '2026-11-20..2026-11-23';

/** Whole days in UTC, as partitions are: one, or from the first to the last, both included. */
export function dateRange(): Kind<SlotRange> {
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

function read(word: string): Reading<SlotRange> {
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
