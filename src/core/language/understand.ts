import type { Understanding } from '../question.ts';
import { checkWindow } from '../window/check-window.ts';
import { speakDuration } from '../window/duration/speak-duration.ts';
import type { Clock } from '../window/moment/clock.ts';
import { knownZone } from '../window/moment/known-zone.ts';
import type { WindowWords } from '../window/window.ts';
import type { LineContext } from './line-context.ts';
import { rewriteFillers, rewritePhrase } from './phrases/rewrite.ts';
import type { Draft } from './reading/draft.ts';
import { findQuery } from './reading/find-query.ts';
import { helpWanted } from './reading/help-wanted.ts';
import { Mistake } from './reading/mistake.ts';
import { readArgs } from './reading/read-args.ts';
import { takeWindow } from './window/take-window.ts';
import { clean } from './words/clean.ts';
import { inCode } from './words/in-code.ts';
import { typedText } from './words/read-ahead.ts';
import { keyword, type Token } from './words/token.ts';
import { tokensOf } from './words/tokens-of.ts';
import { writeLine } from './write-line.ts';

const LONGEST_LINE = 1000;
const HOUR_SECONDS = 3600;

/** Reads a line. @throws Mistake for the first thing that is wrong in it. */
export function understand(line: string, context: LineContext): Understanding {
  if (line.length > LONGEST_LINE) throw tooLong(line);
  const { catalog, now } = context;
  const tokens = rewriteFillers(withoutCommand(tokensOf(clean(line)), context.command), catalog);
  const help = helpWanted(tokens, catalog);
  if (help) return help;
  const zone = knownZone(context.zone);
  const { said, draft: typed } = takeWindow(tokens, { now, zone }, catalog);
  const words = said ?? hourOr(context.longestWindowSeconds);
  const phrase = rewritePhrase(typed.words, catalog);
  const draft = { words: phrase.tokens, window: typed.window };
  const query = findQuery(draft, catalog);
  const { args, notes } = readArgs(query, draft);
  const checked = check(words, draft, { now, zone }, context.longestWindowSeconds);
  return {
    query,
    args,
    words,
    window: checked.window,
    zone,
    line: writeLine(query, args, words),
    notes: [phrase.note, ...notes, checked.note].filter((note) => note !== undefined),
  };
}

function check(words: WindowWords, draft: Draft, clock: Clock, longestSeconds: number) {
  const reading = checkWindow(words, clock, longestSeconds);
  if ('value' in reading) return { window: reading.value, note: reading.note };
  const message = `${inCode(typedText(draft.window))} ${reading.problem}.`;
  throw new Mistake(message, [...draft.words, ...tokensOf(reading.instead)]);
}

/** Where an hour is already more than may be asked for, a line without a window asks for the most. */
function hourOr(longestSeconds: number): WindowWords {
  return { kind: 'last', duration: speakDuration(Math.min(HOUR_SECONDS, longestSeconds)) };
}

function withoutCommand(tokens: readonly Token[], command: string | undefined): readonly Token[] {
  const pasted = command !== undefined && keyword(tokens[0]) === command.toLowerCase();
  return pasted ? tokens.slice(1) : tokens;
}

/** Keeps only the first word: enough to show how that query is asked. */
function tooLong(line: string): Mistake {
  const length = line.length.toLocaleString('en-US');
  const longest = LONGEST_LINE.toLocaleString('en-US');
  const message = `The line that begins with ${inCode(line.slice(0, 80))} has ${length} characters; ${longest} are the most.`;
  return new Mistake(message, tokensOf(clean(line.slice(0, 80))).slice(0, 1));
}
