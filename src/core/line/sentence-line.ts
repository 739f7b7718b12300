import { knownZone } from '../time/zones.ts';
import { inCode } from '../wording.ts';
import { toFillIn } from './corrections.ts';
import { type Entry, type LineContext, queryNamed } from './entry.ts';
import { type Frame, meaningOf, type SpokenAddress } from './free-words.ts';
import { Mistake } from './mistake.ts';
import { readFrame, saysWhere } from './read-sentence.ts';
import { takeWindow } from './read-window.ts';
import { keyword, named, type Token, typedText, word } from './tokens.ts';
import { wordsOf } from './understand.ts';

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
  if (entry?.kind === 'operation') return {};
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
  const problem = isEnd ? `${typed} needs an address, a CIDR or a name` : `${typed} is not an address`;
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

/** The ends of what a sentence is about: two, one of them, or an address at either end; all undefined where it names none. */
interface Ends {
  readonly from?: SpokenAddress | undefined;
  readonly to?: SpokenAddress | undefined;
  readonly about?: SpokenAddress | undefined;
}

/** The words of the line that a sentence means; undefined where it means none, or more than one. */
function lineOfFrame(frame: Frame): readonly Token[] | undefined {
  const ends = endsOf(frame);
  if (frame.contradicts || ends === undefined) return undefined;
  if (frame.isBoth && frame.of.length !== 2) return undefined;
  const { from, to, about } = ends;
  const asked =
    from !== undefined && to !== undefined
      ? ofTwo(frame, from, to)
      : frame.isPair
        ? undefined
        : about !== undefined
          ? ofOne(frame, about)
          : from !== undefined || to !== undefined
            ? ofEnd(frame, from === undefined ? 'to' : 'from', from ?? to)
            : ofNone(frame);
  if (asked === undefined) return undefined;
  const { port, proto, top, options } = frame;
  return [
    ...asked.words,
    ...optionalNamed('port', port),
    ...optionalNamed('proto', proto),
    ...optionalNamed('action', asked.action),
    ...optionalNamed('top', top),
    ...options,
  ];
}

interface SaidQuestion {
  readonly words: readonly Token[];
  readonly action?: string | undefined;
}

/** The name of the query that a sentence is most likely about, also where it does not say enough; for help. */
function taskOfFrame(frame: Frame): string | undefined {
  const { from, to, of, topic, action } = frame;
  if (topic !== undefined) return topic;
  if ((from !== undefined && to !== undefined) || ((frame.isPair || frame.isBoth) && of.length > 0))
    return 'between';
  if (to !== undefined) return 'to';
  if (from !== undefined) return 'from';
  if (action === 'reject') return 'rejected';
  return of.length > 0 ? 'traffic' : undefined;
}

function endsOf({ from, to, of }: Frame): Ends | undefined {
  const [first, second, ...more] = of;
  if (more.length > 0) return undefined;
  if (first === undefined) return { from, to };
  if (from !== undefined && to !== undefined) return undefined;
  if (second !== undefined)
    return from === undefined && to === undefined ? { from: first, to: second } : undefined;
  if (from !== undefined) return { from, to: first };
  return to === undefined ? { about: first } : { from: first, to };
}

function optionalNamed(name: string, text: string | undefined): readonly Token[] {
  return text === undefined ? [] : [named(name, text)];
}

function asking(name: string, ...addresses: readonly SpokenAddress[]): readonly Token[] {
  return [word(name), ...addresses.map(({ text }) => word(text))];
}

/** Whether one reaches the other is answered by what was accepted and what was rejected, so that neither is left out. */
function ofTwo(
  { topic, action, isYesOrNo, of }: Frame,
  from: SpokenAddress,
  to: SpokenAddress,
): SaidQuestion | undefined {
  const wanted = isYesOrNo ? undefined : action;
  const isNamedEnd = of.length < 2;
  if (topic === 'records' && isNamedEnd && !isYesOrNo)
    return { words: [word('records'), named('src', from.text), named('dst', to.text)], action: wanted };
  const isOfBoth = topic === undefined || topic === 'records';
  return isOfBoth ? { words: asking('between', from, to), action: wanted } : undefined;
}

function ofEnd(
  { topic, action, isYesOrNo }: Frame,
  end: 'from' | 'to',
  spoken: SpokenAddress | undefined,
): SaidQuestion | undefined {
  if (spoken === undefined) return undefined;
  const wanted = isYesOrNo && action === 'accept' ? undefined : action;
  if (topic === 'records')
    return { words: [word('records'), named(end === 'from' ? 'src' : 'dst', spoken.text)], action: wanted };
  if (topic === 'ports') return end === 'to' ? { words: asking('ports', spoken), action: wanted } : undefined;
  if (topic === undefined || topic === 'top-talkers') return { words: asking(end, spoken), action: wanted };
  return undefined;
}

function ofOne({ topic, action, isYesOrNo }: Frame, spoken: SpokenAddress): SaidQuestion | undefined {
  const wanted = isYesOrNo && action === 'accept' ? undefined : action;
  if (topic === 'timeline') return { words: asking('timeline', spoken) };
  if (topic === 'gaps') return undefined;
  if (topic !== undefined) return { words: asking(topic, spoken), action: wanted };
  if (wanted === 'reject') return { words: asking('rejected', spoken) };
  // Who names a port with an address means a server.
  return { words: asking(spoken.isEndpoint ? 'to' : 'traffic', spoken), action: wanted };
}

function ofNone({ topic, action, port, proto, top, options }: Frame): SaidQuestion | undefined {
  if (topic === 'timeline' || topic === 'gaps') return { words: asking(topic) };
  if (topic === 'records' || topic === 'top-talkers') return { words: asking(topic), action };
  if (topic !== undefined) return undefined;
  if (action === 'reject') return { words: asking('rejected') };
  if (top !== undefined) return { words: asking('top-talkers'), action };
  const isOfSomething = port !== undefined || proto !== undefined || options.length > 0;
  return isOfSomething ? { words: asking('records'), action } : undefined;
}
