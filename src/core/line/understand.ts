import { durationSeconds, speakDuration } from '../time/durations.ts';
import { checkWindow, writeWindow } from '../time/resolve-window.ts';
import type { Window, WindowWords } from '../time/window.ts';
import { type Clock, knownZone } from '../time/zones.ts';
import { inCode } from '../wording.ts';
import { type Entry, type LineContext, queryNamed } from './entry.ts';
import { findQuery, similarQuery, unknownQuery } from './find-entry.ts';
import { type Draft, Mistake } from './mistake.ts';
import { HELP_WORDS, rewriteFillers, rewritePhrase } from './phrases.ts';
import { readArgs } from './read-arguments.ts';
import { takeWindow } from './read-window.ts';
import { clean, keyword, type Token, tokensOf, typedText, word } from './tokens.ts';

/** Longer lines are refused before they are read, so that reading takes a bounded time whatever was typed. */
const LONGEST_TYPED_LINE = 1000;
const HOUR_SECONDS = 3600;

/** A line that was read: an entry with its arguments and, where it has one, its window. */
export interface ReadLine {
  readonly entry: Entry;
  /** The argument values by name; the entry knows their types. */
  readonly args: Readonly<Record<string, unknown>>;
  /** How the window was said; set together with `window`. */
  readonly words: WindowWords | undefined;
  readonly window: Window | undefined;
  /** The time zone in which times without a zone were read: an IANA name. */
  readonly zone: string;
  /** What was read otherwise than typed: `10.1.2.3/8 was read as 10.0.0.0/8`. */
  readonly notes: readonly string[];
  readonly catalog: readonly Entry[];
}

/** Reads a line. @throws Mistake for the first thing that is wrong in it. */
export function understand(line: string, context: LineContext): ReadLine | HelpWanted {
  const { catalog, now } = context;
  if (line.length > LONGEST_TYPED_LINE) throw tooLong(line, catalog);
  const tokens = wordsOf(line, context);
  const help = helpWanted(tokens, catalog);
  if (help !== undefined) return help;
  const zone = knownZone(context.zone);
  const { said, draft: typed, notes: clockNotes } = takeWindow(tokens, { now, zone }, catalog);
  const phrase = rewritePhrase(typed.words, catalog);
  const draft = { words: phrase.tokens, window: typed.window };
  const entry = findQuery(draft, catalog);
  const words = windowOf(entry, said, draft, context.longestWindowSeconds);
  const { args, notes } = readArgs(entry, draft);
  const checked =
    words === undefined ? undefined : check(words, draft, { now, zone }, context.longestWindowSeconds);
  if (entry.kind === 'operation') refuseDoubtful(clockNotes, words, draft);
  const allNotes = [phrase.note, ...notes, ...clockNotes, checked?.note].filter((note) => note !== undefined);
  return { entry, args, words, window: checked?.window, zone, notes: allNotes, catalog };
}

/** The window that an entry works on. @throws Mistake when one was said to an entry that takes none. */
function windowOf(
  entry: Entry,
  said: WindowWords | undefined,
  { words, window }: Draft,
  longestSeconds: number,
): WindowWords | undefined {
  if (entry.windowed === 'always') return afterOf(entry, said) ?? hourOr(longestSeconds);
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

/** From a time on, where the entry itself looks at what was before. */
function afterOf({ aroundMeansAfter }: Entry, said: WindowWords | undefined): WindowWords | undefined {
  if (aroundMeansAfter === undefined || said?.kind !== 'around') return said;
  const to = new Date(said.at.getTime() + durationSeconds(said.duration) * 1000);
  return { kind: 'between', from: said.at, to };
}

/** Where an hour is already more than may be asked for, a line without a window asks for the most. */
function hourOr(longestSeconds: number): WindowWords {
  return { kind: 'last', duration: speakDuration(Math.min(HOUR_SECONDS, longestSeconds)) };
}

/** The words of a line as they are read: cleaned, without the command before them and what people put around windows. */
export function wordsOf(line: string, { catalog, command }: LineContext): readonly Token[] {
  const cleaned = clean(line);
  // One character can become eighteen when it is cleaned.
  if (cleaned.length > LONGEST_TYPED_LINE) throw tooLong(cleaned, catalog);
  return rewriteFillers(withoutCommand(tokensOf(cleaned), command), catalog);
}

function withoutCommand(tokens: readonly Token[], command: string | undefined): readonly Token[] {
  const pasted = command !== undefined && keyword(tokens[0]) === command.toLowerCase();
  return pasted ? tokens.slice(1) : tokens;
}

/** Only the beginning is looked at: enough to know which query help is given for. */
function tooLong(line: string, catalog: readonly Entry[]): Mistake {
  const length = line.length.toLocaleString('en-US');
  const longest = LONGEST_TYPED_LINE.toLocaleString('en-US');
  const message = `The line that begins with ${inCode(line.slice(0, 80))} has ${length} characters; ${longest} are the most.`;
  const [first] = tokensOf(clean(line.slice(0, 80)));
  return new Mistake(message, { task: queryNamed(keyword(first), catalog), isTooLong: true });
}

/**
 * Whether a line asks how to ask: empty, `help`, `?`, `help to`, `to help`, `to --help`.
 * @throws Mistake when it asks for help about a query that there is not.
 */
function helpWanted(tokens: readonly Token[], catalog: readonly Entry[]): HelpWanted | undefined {
  const asks = isHelp(tokens[0]) || isHelp(tokens.at(-1));
  if (!asks && tokens.length > 0) return undefined;
  const about = tokens.filter((token) => !isHelp(token));
  const [first] = rewritePhrase(about, catalog).tokens;
  if (first === undefined) return { help: 'all' };
  const query = queryNamed(keyword(first), catalog);
  if (query !== undefined) return { help: query };
  const meant = similarQuery(first.text, catalog);
  throw unknownQuery(first, meant && [word('help'), word(meant.name)], false);
}

function isHelp(token: Token | undefined): boolean {
  const typed = keyword(token);
  return typed !== undefined && (HELP_WORDS.includes(typed) || (token?.dashed === true && typed === 'h'));
}

/** A line that asks how to ask: `help`, `help top-talkers`. */
export interface HelpWanted {
  readonly help: Entry | 'all';
}
