import { isRecognised } from '../reading.ts';
import { parseDuration, type SpokenDuration, writeDuration } from '../time/durations.ts';
import { parseDate, parseMoment, writeMoment } from '../time/moments.ts';
import { writeWindow } from '../time/resolve-window.ts';
import type { WindowWords } from '../time/window.ts';
import type { Clock } from '../time/zones.ts';
import { inCode } from '../wording.ts';
import { type Entry, queryNamed } from './entry.ts';
import { type Draft, Mistake } from './mistake.ts';
import { keyword, type ReadAhead, readAhead, type Token, tokensOf, typedText, word } from './tokens.ts';

/** The window of a line, the line without it, and what was read otherwise than typed. */
export interface TakenWindow {
  readonly said: WindowWords | undefined;
  readonly draft: Draft;
  readonly notes: readonly string[];
}

/**
 * Takes the window out of a line, at any position; undefined where none is said.
 * @throws Mistake when it is not understood or said twice.
 */
export function takeWindow(typed: readonly Token[], clock: Clock, catalog: readonly Entry[]): TakenWindow {
  const tokens = typed.flatMap(spreadOption);
  const words: Token[] = [];
  let window: readonly Token[] = [];
  let said: WindowWords | undefined;
  let notes: readonly string[] = [];
  for (let at = 0; at < tokens.length; ) {
    const begin = windowBegin(tokens, at, catalog);
    if (begin === undefined) {
      words.push(...tokens.slice(at, at + 1));
      at += 1;
      continue;
    }
    const read = readWindow(begin, tokens.slice(at), clock);
    const [before, taken, behind] = [
      tokens.slice(0, at),
      tokens.slice(at, at + read.length),
      tokens.slice(at + read.length),
    ];
    if ('problem' in read) {
      const fixed = [...before, ...tokensOf(read.instead), ...behind];
      throw new Mistake(`${inCode(read.typed)} ${read.problem}.`, { fixed, isWindow: true });
    }
    if (said !== undefined) {
      const fixed = [...before, ...behind];
      throw new Mistake(`${inCode(typedText(taken))} is a second window.`, { fixed, leavesOut: true });
    }
    said = read.value;
    notes = read.notes;
    window = taken;
    at += read.length;
  }
  return { said, draft: { words, window }, notes };
}

/** `last=1h` and `since="2026-11-22 14:05"` are windows too. */
function spreadOption(token: Token): readonly Token[] {
  if (!isWindowKeyword(token.name)) return [token];
  return [
    word(token.name),
    ...token.text
      .split(' ')
      .filter((part) => part !== '')
      .map(word),
  ];
}

function windowBegin(
  tokens: readonly Token[],
  at: number,
  catalog: readonly Entry[],
): WindowKeyword | undefined {
  const begin = keyword(tokens[at]);
  return isWindowKeyword(begin) && !(at === 0 && queryNamed(begin, catalog)) ? begin : undefined;
}

/** Window words that were not understood: which, why, and a whole window to type instead of the first `length` words. */
interface WindowMissed {
  readonly typed: string;
  readonly problem: string;
  readonly instead: string;
  readonly length: number;
}

type Read = ReadAhead<WindowWords> | WindowMissed;

const QUARTER: SpokenDuration = { amount: 15, unit: 'm' };
const HOUR_MS = 3_600_000;

/** Reads the window that begins with the first of the words, which is a keyword. */
function readWindow(begin: WindowKeyword, tokens: readonly Token[], clock: Clock): Read {
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
  if (found !== undefined)
    return { value: { kind: 'last', duration: found.value }, length: found.length + 1, notes: [] };
  const reading = parseDuration(typedText(rest.slice(0, 1)));
  const instead = isRecognised(reading) ? '1h' : reading.instead;
  return missed(
    'last',
    rest,
    'needs a length of time',
    isRecognised(reading) ? '' : reading.problem,
    `last ${instead}`,
  );
}

function readSince(rest: readonly Token[], clock: Clock): Read {
  const from = readAhead(rest, (typed) => parseMoment(typed, clock));
  if (from === undefined) return notMoment('since', rest, clock);
  const until = rest.slice(from.length);
  const link = keyword(until[0]);
  if (link !== 'until' && link !== 'till') {
    const { value, length, notes } = from;
    return { value: { kind: 'since', from: value }, length: length + 1, notes };
  }
  const to = readAhead(until.slice(1), (typed) => parseMoment(typed, clock, from.value));
  if (to !== undefined) {
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
  if (at === undefined) return notMoment('around', rest, clock);
  const margin = readAhead(rest.slice(at.length), (typed) => parseDuration(typed));
  const value = { kind: 'around', at: at.value, duration: margin?.value ?? QUARTER } as const;
  return { value, length: at.length + (margin?.length ?? 0) + 1, notes: at.notes };
}

function readOn(rest: readonly Token[], clock: Clock): Read {
  const day = keyword(rest[0]);
  if (day === 'today' || day === 'yesterday') return { value: { kind: day }, length: 2, notes: [] };
  const reading = parseDate(typedText(rest.slice(0, 1)), writeMoment(clock.now).slice(0, 10));
  if (isRecognised(reading)) return { value: { kind: 'on', date: reading.value }, length: 2, notes: [] };
  return missed('on', rest, 'needs a date', reading.problem, 'yesterday');
}

function loneUntil(begin: string, rest: readonly Token[], clock: Clock): WindowMissed {
  const to = readAhead(rest, (typed) => parseMoment(typed, clock));
  if (to === undefined) return notMoment(begin, rest, clock);
  const from = new Date(to.value.getTime() - HOUR_MS);
  const instead = writeWindow({ kind: 'between', from, to: to.value });
  const problem = ['says when the window ends, but not when it begins', ...to.notes].join('; ');
  return { typed: typedText([...rest.slice(0, to.length)]), problem, instead, length: to.length + 1 };
}

/** `since 1h` is a slip for `last 1h`; anything else gets a time that is understood. */
function notMoment(begin: string, rest: readonly Token[], clock: Clock): WindowMissed {
  const length = readAhead(rest, (typed) => parseDuration(typed));
  if (length !== undefined) {
    const ago = keyword(rest[length.length]) === 'ago' ? 1 : 0;
    return {
      typed: typedText(rest.slice(0, length.length)),
      problem: 'is a length of time, not a time',
      instead: `last ${writeDuration(length.value)}`,
      length: length.length + ago + 1,
    };
  }
  const reading = parseMoment(typedText(rest.slice(0, 1)), clock);
  const instead = isRecognised(reading) ? writeMoment(clock.now) : reading.instead;
  const whole = begin === 'around' ? `around ${instead} 15m` : `since ${instead}`;
  return missed(begin, rest, 'needs a time', isRecognised(reading) ? '' : reading.problem, whole);
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

/** Words that begin a window, at any position in a line. */
export const WINDOW_KEYWORDS = [
  'last',
  'since',
  'around',
  'today',
  'yesterday',
  'on',
  'until',
  'till',
] as const;

/** A word that begins a window. */
type WindowKeyword = (typeof WINDOW_KEYWORDS)[number];

/** Whether a word begins a window. */
export function isWindowKeyword(text: string | undefined): text is WindowKeyword {
  return WINDOW_KEYWORDS.some((keyword) => keyword === text);
}
