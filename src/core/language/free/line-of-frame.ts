import { named, type Token, word } from '../words/token.ts';
import type { Frame, Spoken } from './frame.ts';

/** The ends of what a sentence is about: two, one of them, or an address at either end; all undefined where it names none. */
interface Ends {
  readonly from?: Spoken | undefined;
  readonly to?: Spoken | undefined;
  readonly about?: Spoken | undefined;
}

/** The words of the line that a sentence means; undefined where it means none, or more than one. */
export function lineOfFrame(frame: Frame): readonly Token[] | undefined {
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
    ...optional('port', port),
    ...optional('proto', proto),
    ...optional('action', asked.action),
    ...optional('top', top),
    ...options,
  ];
}

interface Asked {
  readonly words: readonly Token[];
  readonly action?: string | undefined;
}

/** The name of the query that a sentence is most likely about, also where it does not say enough; for help. */
export function taskOfFrame(frame: Frame): string | undefined {
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

function optional(name: string, text: string | undefined): readonly Token[] {
  return text === undefined ? [] : [named(name, text)];
}

function asking(name: string, ...addresses: readonly Spoken[]): readonly Token[] {
  return [word(name), ...addresses.map(({ text }) => word(text))];
}

/** Whether one reaches the other is answered by what was accepted and what was rejected, so that neither is left out. */
function ofTwo({ topic, action, isYesOrNo, of }: Frame, from: Spoken, to: Spoken): Asked | undefined {
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
  spoken: Spoken | undefined,
): Asked | undefined {
  if (spoken === undefined) return undefined;
  const wanted = isYesOrNo && action === 'accept' ? undefined : action;
  if (topic === 'records')
    return { words: [word('records'), named(end === 'from' ? 'src' : 'dst', spoken.text)], action: wanted };
  if (topic === 'ports') return end === 'to' ? { words: asking('ports', spoken), action: wanted } : undefined;
  if (topic === undefined || topic === 'top-talkers') return { words: asking(end, spoken), action: wanted };
  return undefined;
}

function ofOne({ topic, action, isYesOrNo }: Frame, spoken: Spoken): Asked | undefined {
  const wanted = isYesOrNo && action === 'accept' ? undefined : action;
  if (topic === 'timeline') return { words: asking('timeline', spoken) };
  if (topic === 'gaps') return undefined;
  if (topic !== undefined) return { words: asking(topic, spoken), action: wanted };
  if (wanted === 'reject') return { words: asking('rejected', spoken) };
  // Who names a port with an address means a server.
  return { words: asking(spoken.isEndpoint ? 'to' : 'traffic', spoken), action: wanted };
}

function ofNone({ topic, action, port, proto, top, options }: Frame): Asked | undefined {
  if (topic === 'timeline' || topic === 'gaps') return { words: asking(topic) };
  if (topic === 'records' || topic === 'top-talkers') return { words: asking(topic), action };
  if (topic !== undefined) return undefined;
  if (action === 'reject') return { words: asking('rejected') };
  if (top !== undefined) return { words: asking('top-talkers'), action };
  const isOfSomething = port !== undefined || proto !== undefined || options.length > 0;
  return isOfSomething ? { words: asking('records'), action } : undefined;
}
