import type { Token } from '../words/token.ts';
import type { Topic } from './free-words.ts';

/** One address of a sentence. */
export interface Spoken {
  readonly text: string;
  /** It was typed together with a port, as a server is. */
  readonly isEndpoint: boolean;
  /** The word in the place of an address, which is none. */
  readonly missing?: Token;
}

/** What a sentence says, before it is known which query that is. */
export interface Frame {
  from: Spoken | undefined;
  to: Spoken | undefined;
  /** Addresses of which it does not say which end they are, in order. */
  readonly of: Spoken[];
  port: string | undefined;
  proto: string | undefined;
  action: 'accept' | 'reject' | undefined;
  top: string | undefined;
  topic: Topic | undefined;
  /** Options that stay as they were typed. */
  readonly options: Token[];
  /** Words of which nothing is known. */
  readonly unknown: Token[];
  /** A yes or no is wanted: what is accepted and what is rejected are both part of the answer. */
  isYesOrNo: boolean;
  /** It is about two addresses, whether it names both or not. */
  isPair: boolean;
  /** It puts two addresses side by side: `between` them, one `and` the other. */
  isBoth: boolean;
  /** It says two things that cannot both be meant. */
  contradicts: boolean;
}

/** A frame of which nothing is known yet. */
export function emptyFrame(): Frame {
  return {
    ...{ from: undefined, to: undefined, of: [], port: undefined, proto: undefined, action: undefined },
    ...{ top: undefined, topic: undefined, options: [], unknown: [] },
    ...{ isYesOrNo: false, isPair: false, isBoth: false, contradicts: false },
  };
}

/** Sets what can be said once; saying it again otherwise is a contradiction. */
export function say<K extends 'port' | 'proto' | 'action' | 'top' | 'topic'>(
  frame: Frame,
  name: K,
  value: NonNullable<Frame[K]>,
): void {
  const before = frame[name];
  if (before !== undefined && before !== value) frame.contradicts = true;
  frame[name] = value;
}

/** Puts an address at the end that was said before it. */
export function place(frame: Frame, spoken: Spoken, end: 'from' | 'to' | 'of' | undefined): void {
  // `to 10.0.1.5 10.0.2.7` does not say what the second is to the first.
  const isEndSaid = frame.from !== undefined || frame.to !== undefined;
  if (end === undefined || end === 'of') {
    frame.of.push(spoken);
    frame.contradicts ||= isEndSaid;
  } else if (frame[end] !== undefined) frame.contradicts = true;
  else frame[end] = spoken;
}
