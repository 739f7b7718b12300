import type { Entry } from '../../entry.ts';
import { isOperation } from '../../operation/operation.ts';
import { knownZone } from '../../window/moment/known-zone.ts';
import type { LineContext } from '../line-context.ts';
import { toFillIn } from '../reading/fill-in.ts';
import { Mistake } from '../reading/mistake.ts';
import { queryNamed } from '../reading/query-named.ts';
import { wordsOf } from '../understand.ts';
import { takeWindow } from '../window/take-window.ts';
import { inCode } from '../words/in-code.ts';
import { typedText } from '../words/read-ahead.ts';
import { keyword, type Token, word } from '../words/token.ts';
import type { Frame } from './frame.ts';
import { meaningOf } from './free-words.ts';
import { lineOfFrame, taskOfFrame } from './line-of-frame.ts';
import { readFrame } from './read-frame.ts';
import { saysWhere } from './read-value.ts';

/** What can be made of a line that is not written as lines are. */
export interface FreeReading {
  /** The words of a line that means the same. It holds every word that says anything; it may still not parse. */
  readonly line?: readonly Token[];
  /** A sentence about what is not understood within it. */
  readonly problem?: string;
  /** The query that it is most likely about. */
  readonly task?: Entry;
}

/** Longer ones are no question that a person asks in a sentence. */
const MOST_WORDS = 40;
const ARROWS = /(->|=>|→)/;

/**
 * Reads a line as the sentence of a person: `is 10.0.11.41 allowed to reach 10.0.21.31`, `ssh to 10.0.1.10`. Only used
 * to offer a line to a person whose own was not understood. Every word must be known: one that is not, such as `not`
 * or `without`, may turn the question around.
 */
export function readFreely(line: string, context: LineContext): FreeReading {
  const tokens = wordsOf(line, context).flatMap(apart);
  const entry = queryNamed(keyword(tokens[0]), context.catalog);
  if (tokens.length === 0 || tokens.length > MOST_WORDS) return {};
  if (entry !== undefined && isOperation(entry)) return {};
  const { words, window } = withoutWindow(tokens, context);
  if (words === undefined || !isKnown(words[0])) return {};
  const frame = readFrame(words);
  const asked = lineOfFrame(frame);
  const task = queryNamed(keyword(asked?.[0]) ?? taskOfFrame(frame), context.catalog);
  const about = task === undefined ? {} : { task };
  const { unknown } = frame;
  if (unknown.length > 0)
    return {
      ...about,
      problem: `${inCode(typedText(unknown))} ${unknown.length === 1 ? 'is' : 'are'} not understood.`,
    };
  const missing = missingIn(frame);
  if (missing !== undefined) return { ...about, ...toAsk(missing, asked && [...asked, ...window], task) };
  return asked === undefined ? about : { ...about, line: [...asked, ...window] };
}

function missingIn({ from, to, of }: Frame): Token | undefined {
  return [from, to, ...of].find((spoken) => spoken?.missing !== undefined)?.missing;
}

function toAsk(missing: Token, form: readonly Token[] | undefined, task: Entry | undefined): FreeReading {
  const typed = inCode(missing.text);
  const isEnd = meaningOf(missing.text)?.kind === 'preposition';
  const problem = isEnd ? `${typed} needs an address or a CIDR` : `${typed} is not an address`;
  if (task === undefined || form === undefined) return { problem: `${problem}.` };
  return { problem: toFillIn(problem, task, form).message };
}

/** A line that begins with a word of which nothing is known is no sentence about traffic. */
function isKnown(token: Token | undefined): boolean {
  if (token === undefined || token.quoted) return false;
  return token.name !== undefined || meaningOf(token.text) !== undefined || saysWhere(token);
}

/** Takes arrows between addresses apart, and what is said in two words together. */
function apart(token: Token, index: number, all: readonly Token[]): readonly Token[] {
  if (token.quoted || token.name !== undefined) return [token];
  const before = keyword(all[index - 1]);
  if (keyword(token) === 'time' && before === 'over') return [];
  if (keyword(token) === 'over' && keyword(all[index + 1]) === 'time') return [word('timeline')];
  return ARROWS.test(token.text)
    ? token.text
        .split(ARROWS)
        .filter((part) => part !== '')
        .map(word)
    : [token];
}

/** `on` begins a window, but not before a port, an address or a place. */
function withoutWindow(tokens: readonly Token[], { now, zone, catalog }: LineContext) {
  const isPlace = (token: Token, next: Token | undefined) =>
    keyword(token) === 'on' && next !== undefined && (saysWhere(next) || keyword(next) === 'port');
  const said = tokens.map((token, at) => (isPlace(token, tokens[at + 1]) ? word('at') : token));
  try {
    const { draft } = takeWindow(said, { now, zone: knownZone(zone) }, catalog);
    return { words: draft.words, window: draft.window };
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { words: undefined, window: [] };
  }
}
