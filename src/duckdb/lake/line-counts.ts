import { isUtf8 } from 'node:buffer';
import { FIELDS, isField } from '../../core/flow-log/fields.ts';

/** What the lines of a text file hold. */
export interface LineCounts {
  readonly records: number;
  /** Lines that are no records, or have no time; blank ones are neither. */
  readonly unreadable: number;
  /** In epoch seconds; Infinity where there is no record. */
  readonly oldestEnd: number;
  /** In epoch seconds; -1 where there is no record. */
  readonly newestEnd: number;
  /** Which ends of lines there are; DuckDB reads either, but fails on a file that has both. */
  readonly windows: boolean;
  readonly unix: boolean;
  /** Whether there is a return in the middle of a line, on which DuckDB fails. */
  readonly loneReturn: boolean;
}

/** Counts what whole lines hold, part by part. */
export interface LineCounter {
  /** Counts the lines of `bytes`, of which the last one may lack its newline when the file does. */
  count(bytes: Uint8Array): void;
  /** Counts a line that was too long to be held. */
  tooLong(): void;
  readonly counts: LineCounts;
}

/** How a column is written: text, a whole number, or the time of a record in epoch seconds, which it must have. */
const TEXT = 0;
const NUMBER = 1;
const START = 2;
const END = 3;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const HYPHEN = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const DELETE = 0x7f;

/** No record is as long, in bytes; DuckDB is given the same limit. */
export const LONGEST_LINE = 65_536;

/** So many digits are surely within 64 bits; a time in seconds has ten at most. */
const SURE_DIGITS = 18;
const TIME_DIGITS = 10;
const MOST_NUMBER = 2n ** 63n - 1n;

function kindOf(field: string): number {
  if (field === 'end') return END;
  if (field === 'start') return START;
  return isField(field) && FIELDS[field].type !== 'text' ? NUMBER : TEXT;
}

/**
 * Counts lines against the columns of a file. It calls readable no more than DuckDB does: a file in which every line is
 * readable is read strictly, so that a line on which the two differ fails the file, and is not lost without a word.
 */
export function createLineCounter(columns: readonly string[]): LineCounter {
  const kinds = Uint8Array.from(columns, kindOf);
  const last = kinds.length - 1;
  let records = 0;
  let unreadable = 0;
  let oldestEnd = Number.POSITIVE_INFINITY;
  let newestEnd = -1;
  const ends = { windows: false, unix: false, loneReturn: false };
  /** The end of the line that was read last. */
  let end = -1;

  /** The index behind a plain record that begins at `start`; -1 where it is not as AWS writes it. */
  function plainRecord(bytes: Uint8Array, start: number): number {
    let at = start;
    for (let column = 0; column <= last; column += 1) {
      const kind = kinds[column];
      const from = at;
      let byte = bytes[at] ?? 0;
      if (kind === TEXT) {
        while (byte > SPACE && byte < DELETE) byte = bytes[++at] ?? 0;
      } else if (kind === NUMBER && byte === HYPHEN) {
        byte = bytes[++at] ?? 0;
      } else {
        let value = 0;
        while (byte >= ZERO && byte <= NINE) {
          value = value * 10 + byte - ZERO;
          byte = bytes[++at] ?? 0;
        }
        if (at - from > (kind === NUMBER ? SURE_DIGITS : TIME_DIGITS)) return -1;
        if (kind === END) end = value;
      }
      if (at === from || byte !== (column === last ? NEWLINE : SPACE)) return -1;
      at += 1;
    }
    return at;
  }

  function noteEnd(seconds: number): void {
    records += 1;
    if (seconds < oldestEnd) oldestEnd = seconds;
    if (seconds > newestEnd) newestEnd = seconds;
  }

  /** Any other line: of Windows, with signs of other languages, blanks at its end, or none at all. */
  function oddLine(bytes: Uint8Array, start: number, stop: number): void {
    const newline = stop < bytes.length;
    const windows = newline && stop > start && bytes[stop - 1] === RETURN;
    if (windows) ends.windows = true;
    else if (newline) ends.unix = true;
    const until = windows ? stop - 1 : stop;
    let spaces = 0;
    for (let at = start; at < until; at += 1) {
      const byte = bytes[at];
      if (byte === SPACE) spaces += 1;
      else if (byte === RETURN) ends.loneReturn = true;
    }
    if (until === start) return;
    // There may be millions of them: what has too few words is not looked at further.
    const words = spaces < last || until - start > LONGEST_LINE ? [] : wordsOf(bytes.subarray(start, until));
    const readable = words.length === kinds.length && words.every((word, index) => fits(word, kinds[index]));
    if (readable) noteEnd(Number(words[kinds.indexOf(END)]));
    else unreadable += 1;
  }

  return {
    count(bytes) {
      let start = 0;
      while (start < bytes.length) {
        const next = plainRecord(bytes, start);
        if (next > 0 && next - start <= LONGEST_LINE) {
          ends.unix = true;
          noteEnd(end);
          start = next;
        } else {
          let stop = start;
          while (stop < bytes.length && bytes[stop] !== NEWLINE) stop += 1;
          oddLine(bytes, start, stop);
          start = stop + 1;
        }
      }
    },
    tooLong() {
      unreadable += 1;
    },
    get counts() {
      return { records, unreadable, oldestEnd, newestEnd, ...ends };
    },
  };
}

/** DuckDB passes over blanks behind the last word. */
function wordsOf(line: Uint8Array): readonly string[] {
  return isUtf8(line) ? Buffer.from(line).toString().replace(/ +$/, '').split(' ') : [];
}

function fits(word: string, kind: number | undefined): boolean {
  if (kind === TEXT) return true;
  if (kind === START || kind === END) return /^\d{1,10}$/.test(word);
  return word === '-' || (/^\d{1,19}$/.test(word) && BigInt(word) <= MOST_NUMBER);
}
