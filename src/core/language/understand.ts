import type { Entry } from '../entry.ts';
import { isOperation } from '../operation/operation.ts';
import { isQuery } from '../query.ts';
import type { Understanding } from '../question.ts';
import { checkWindow } from '../window/check-window.ts';
import { speakDuration } from '../window/duration/speak-duration.ts';
import type { Clock } from '../window/moment/clock.ts';
import { knownZone } from '../window/moment/known-zone.ts';
import type { Window, WindowWords } from '../window/window.ts';
import { writeWindow } from '../window/write-window.ts';
import type { LineContext } from './line-context.ts';
import { rewriteFillers, rewritePhrase } from './phrases/rewrite.ts';
import type { Draft } from './reading/draft.ts';
import { findQuery } from './reading/find-query.ts';
import { helpWanted } from './reading/help-wanted.ts';
import { Mistake } from './reading/mistake.ts';
import { queryNamed } from './reading/query-named.ts';
import { readArgs } from './reading/read-args.ts';
import { takeWindow } from './window/take-window.ts';
import { clean } from './words/clean.ts';
import { inCode } from './words/in-code.ts';
import { typedText } from './words/read-ahead.ts';
import { keyword, type Token } from './words/token.ts';
import { tokensOf } from './words/tokens-of.ts';
import { writeLine } from './write-line.ts';

/** Longer lines are refused before they are read, so that reading takes a bounded time whatever was typed. */
const LONGEST_LINE = 1000;
const HOUR_SECONDS = 3600;

/** Reads a line. @throws Mistake for the first thing that is wrong in it. */
export function understand(line: string, context: LineContext): Understanding {
  const { catalog, now } = context;
  if (line.length > LONGEST_LINE) throw tooLong(line, catalog);
  const tokens = wordsOf(line, context);
  const help = helpWanted(tokens, catalog);
  if (help) return help;
  const zone = knownZone(context.zone);
  const { said, draft: typed, notes: clockNotes } = takeWindow(tokens, { now, zone }, catalog);
  const phrase = rewritePhrase(typed.words, catalog);
  const draft = { words: phrase.tokens, window: typed.window };
  const entry = findQuery(draft, catalog);
  const words = windowOf(entry, said, draft, context.longestWindowSeconds);
  const { args, notes } = readArgs(entry, draft);
  const checked =
    words === undefined ? undefined : check(words, draft, { now, zone }, context.longestWindowSeconds);
  if (isOperation(entry)) refuseDoubtful(clockNotes, words, draft);
  const told = [phrase.note, ...notes, ...clockNotes, checked?.note].filter((note) => note !== undefined);
  return understood(entry, { args, words, window: checked?.window, zone, notes: told, catalog });
}

interface Read {
  readonly args: Readonly<Record<string, unknown>>;
  readonly words: WindowWords | undefined;
  readonly window: Window | undefined;
  readonly zone: string;
  readonly notes: readonly string[];
  readonly catalog: readonly Entry[];
}

function understood(entry: Entry, { args, words, window, zone, notes, catalog }: Read): Understanding {
  if (isOperation(entry)) {
    const line = writeLine(entry, args, window && { kind: 'between', ...window });
    return { operation: entry, args, window, zone, line, notes };
  }
  if (!isQuery(entry) || words === undefined || window === undefined)
    throw new RangeError(`${entry.name} is neither a query nor an operation`);
  return { query: entry, args, words, window, zone, line: writeLine(entry, args, words), notes, catalog };
}

/** The window that an entry works on. @throws Mistake when one was said to an entry that takes none. */
function windowOf(
  entry: Entry,
  said: WindowWords | undefined,
  { words, window }: Draft,
  longestSeconds: number,
): WindowWords | undefined {
  if (entry.windowed === 'always') return said ?? hourOr(longestSeconds);
  if (entry.windowed === 'optional' || said === undefined) return said;
  const message = `${inCode(entry.name)} takes no window, so not ${inCode(typedText(window))}.`;
  throw new Mistake(message, { fixed: words, leavesOut: true, task: entry });
}

/** A report has no notes: a time that can be read in two ways is asked back, with the line that says which. */
function refuseDoubtful([note]: readonly string[], words: WindowWords | undefined, draft: Draft): void {
  if (note === undefined || words === undefined) return;
  throw new Mistake(`${note}.`, { fixed: [...draft.words, ...tokensOf(writeWindow(words))] });
}

function check(words: WindowWords, draft: Draft, clock: Clock, longestSeconds: number) {
  const reading = checkWindow(words, clock, longestSeconds);
  if ('value' in reading) return { window: reading.value, note: reading.note };
  const message = `${inCode(typedText(draft.window))} ${reading.problem}.`;
  throw new Mistake(message, { fixed: [...draft.words, ...tokensOf(reading.instead)] });
}

/** Where an hour is already more than may be asked for, a line without a window asks for the most. */
function hourOr(longestSeconds: number): WindowWords {
  return { kind: 'last', duration: speakDuration(Math.min(HOUR_SECONDS, longestSeconds)) };
}

/** The words of a line as they are read: cleaned, without the command before them and what people put around windows. */
export function wordsOf(line: string, { catalog, command }: LineContext): readonly Token[] {
  const cleaned = clean(line);
  // One character can become eighteen when it is cleaned.
  if (cleaned.length > LONGEST_LINE) throw tooLong(cleaned, catalog);
  return rewriteFillers(withoutCommand(tokensOf(cleaned), command), catalog);
}

function withoutCommand(tokens: readonly Token[], command: string | undefined): readonly Token[] {
  const pasted = command !== undefined && keyword(tokens[0]) === command.toLowerCase();
  return pasted ? tokens.slice(1) : tokens;
}

/** Only the beginning is looked at: enough to know which query help is given for. */
function tooLong(line: string, catalog: readonly Entry[]): Mistake {
  const length = line.length.toLocaleString('en-US');
  const longest = LONGEST_LINE.toLocaleString('en-US');
  const message = `The line that begins with ${inCode(line.slice(0, 80))} has ${length} characters; ${longest} are the most.`;
  const [first] = tokensOf(clean(line.slice(0, 80)));
  return new Mistake(message, { task: queryNamed(keyword(first), catalog), isTooLong: true });
}
