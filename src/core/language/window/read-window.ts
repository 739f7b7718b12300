import { parseDuration } from '../../window/duration/parse-duration.ts';
import { writeDuration } from '../../window/duration/write-duration.ts';
import type { Clock } from '../../window/moment/clock.ts';
import { parseDate } from '../../window/moment/parse-date.ts';
import { parseMoment } from '../../window/moment/parse-moment.ts';
import { writeMoment } from '../../window/moment/write-moment.ts';
import type { SpokenDuration, WindowWords } from '../../window/window.ts';
import { writeWindow } from '../../window/write-window.ts';
import { isUnderstood, type ReadAhead, readAhead, typedText } from '../words/read-ahead.ts';
import { keyword, type Token } from '../words/token.ts';
import { isWindowKeyword, type WindowKeyword } from './window-keyword.ts';

/** Window words that were not understood: which, why, and a whole window to type instead of the first `length` words. */
export interface WindowMissed {
  readonly typed: string;
  readonly problem: string;
  readonly instead: string;
  readonly length: number;
}

type Read = ReadAhead<WindowWords> | WindowMissed;

const QUARTER: SpokenDuration = { amount: 15, unit: 'm' };
const HOUR_MS = 3_600_000;

/** Reads the window that begins with the first of the words, which is a keyword. */
export function readWindow(begin: WindowKeyword, tokens: readonly Token[], clock: Clock): Read {
  const rest = tokens.slice(1);
  switch (begin) {
    case 'today':
    case 'yesterday':
      return { value: { kind: begin }, length: 1, notes: [] };
    case 'last':
      return readLast(rest);
    case 'since':
      return readSince(rest, clock);
    case 'around':
      return readAround(rest, clock);
    case 'on':
      return readOn(rest, clock);
    case 'until':
    case 'till':
      return loneUntil(begin, rest, clock);
  }
}

function readLast(rest: readonly Token[]): Read {
  const found = readAhead(rest, (typed) => parseDuration(typed));
  if (found) return { value: { kind: 'last', duration: found.value }, length: found.length + 1, notes: [] };
  const reading = parseDuration(typedText(rest.slice(0, 1)));
  const instead = isUnderstood(reading) ? '1h' : reading.instead;
  return missed(
    'last',
    rest,
    'needs a length of time',
    isUnderstood(reading) ? '' : reading.problem,
    `last ${instead}`,
  );
}

function readSince(rest: readonly Token[], clock: Clock): Read {
  const from = readAhead(rest, (typed) => parseMoment(typed, clock));
  if (!from) return notMoment('since', rest, clock);
  const until = rest.slice(from.length);
  const link = keyword(until[0]);
  if (link !== 'until' && link !== 'till') {
    const { value, length, notes } = from;
    return { value: { kind: 'since', from: value }, length: length + 1, notes };
  }
  const to = readAhead(until.slice(1), (typed) => parseMoment(typed, clock, from.value));
  if (to) {
    const length = from.length + to.length + 2;
    const notes = [...from.notes, ...to.notes];
    return { value: { kind: 'between', from: from.value, to: to.value }, length, notes };
  }
  const open = notMoment(link, until.slice(1), clock);
  const instead = writeWindow({ kind: 'since', from: from.value });
  return { ...open, instead, length: open.length + from.length + 1 };
}

function readAround(rest: readonly Token[], clock: Clock): Read {
  const at = readAhead(rest, (typed) => parseMoment(typed, clock));
  if (!at) return notMoment('around', rest, clock);
  const margin = readAhead(rest.slice(at.length), (typed) => parseDuration(typed));
  const value = { kind: 'around', at: at.value, duration: margin?.value ?? QUARTER } as const;
  return { value, length: at.length + (margin?.length ?? 0) + 1, notes: at.notes };
}

function readOn(rest: readonly Token[], clock: Clock): Read {
  const day = keyword(rest[0]);
  if (day === 'today' || day === 'yesterday') return { value: { kind: day }, length: 2, notes: [] };
  const reading = parseDate(typedText(rest.slice(0, 1)), writeMoment(clock.now).slice(0, 10));
  if (isUnderstood(reading)) return { value: { kind: 'on', date: reading.value }, length: 2, notes: [] };
  return missed('on', rest, 'needs a date', reading.problem, 'yesterday');
}

function loneUntil(begin: string, rest: readonly Token[], clock: Clock): WindowMissed {
  const to = readAhead(rest, (typed) => parseMoment(typed, clock));
  if (!to) return notMoment(begin, rest, clock);
  const from = new Date(to.value.getTime() - HOUR_MS);
  const instead = writeWindow({ kind: 'between', from, to: to.value });
  const problem = ['says when the window ends, but not when it begins', ...to.notes].join('; ');
  return { typed: typedText([...rest.slice(0, to.length)]), problem, instead, length: to.length + 1 };
}

/** `since 1h` is a slip for `last 1h`; anything else gets a time that is understood. */
function notMoment(begin: string, rest: readonly Token[], clock: Clock): WindowMissed {
  const length = readAhead(rest, (typed) => parseDuration(typed));
  if (length) {
    const ago = keyword(rest[length.length]) === 'ago' ? 1 : 0;
    return {
      typed: typedText(rest.slice(0, length.length)),
      problem: 'is a length of time, not a time',
      instead: `last ${writeDuration(length.value)}`,
      length: length.length + ago + 1,
    };
  }
  const reading = parseMoment(typedText(rest.slice(0, 1)), clock);
  const instead = isUnderstood(reading) ? writeMoment(clock.now) : reading.instead;
  const whole = begin === 'around' ? `around ${instead} 15m` : `since ${instead}`;
  return missed(begin, rest, 'needs a time', isUnderstood(reading) ? '' : reading.problem, whole);
}

function missed(
  begin: string,
  rest: readonly Token[],
  needs: string,
  problem: string,
  instead: string,
): WindowMissed {
  const [next] = rest;
  const absent = next === undefined || next.name !== undefined || isWindowKeyword(keyword(next));
  if (absent) return { typed: begin, problem: needs, instead, length: 1 };
  return { typed: next.text, problem, instead, length: 2 };
}
