import { type Token, word } from '../words/token.ts';
import { emptyFrame, type Frame, place, say } from './frame.ts';
import { END_NAMES, type Meaning, meaningOf } from './free-words.ts';
import { type Around, type End, readAddress, readValue, saysWhere } from './read-value.ts';

/** Reads the words of a sentence one after the other. What cannot be understood is in `unknown`, and never passed over. */
export function readFrame(tokens: readonly Token[]): Frame {
  const frame = emptyFrame();
  let end: End;
  let before: Meaning | undefined;
  let isBehindAddress = false;
  for (const [at, token] of tokens.entries()) {
    const around = { end, before, isBehindAddress, next: tokens[at + 1] };
    const meaning = token.quoted || token.name !== undefined ? undefined : meaningOf(token.text);
    isBehindAddress = readAddress(frame, token, around);
    if (isBehindAddress) end = undefined;
    else if (meaning !== undefined)
      end = readMeaning(frame, meaning, token, { ...around, isFirst: at === 0 });
    else if (readValue(frame, token, around)) end = saysEnd(token) ? undefined : end;
    else {
      readUnknown(frame, token, around);
      end = undefined;
    }
    before = meaning;
  }
  endWith(frame, end);
  return frame;
}

/** `to dst=10.0.1.5` says the end of one address twice. */
function saysEnd({ name }: Token): boolean {
  return name !== undefined && Object.hasOwn(END_NAMES, name) && END_NAMES[name] !== 'port';
}

/** Takes down what a word means; returns at which end the address behind it is. */
function readMeaning(
  frame: Frame,
  meaning: Meaning,
  token: Token,
  around: Around & { readonly isFirst: boolean },
): End {
  switch (meaning.kind) {
    case 'preposition':
      return meaning.end;
    case 'verb':
      return 'to';
    case 'pair':
      frame.isBoth = true;
      return undefined;
    case 'anyone':
      return undefined;
    case 'by':
      return readBy(frame, token, around);
    case 'action':
      say(frame, 'action', meaning.action);
      break;
    case 'topic':
      say(frame, 'topic', meaning.topic);
      break;
    case 'protocol':
      say(frame, 'proto', meaning.protocol);
      break;
    case 'port':
      return readPortWord(frame, around);
    case 'place':
      if (around.next === undefined || !saysWhere(around.next)) frame.unknown.push(token);
      break;
    default:
      readVerb(frame, meaning, around);
  }
  return around.end;
}

/** Whether a yes or no is wanted, and of two addresses. */
function readVerb(frame: Frame, { kind }: Meaning, { isFirst }: { readonly isFirst: boolean }): void {
  frame.isYesOrNo ||= kind === 'cannot' || (kind === 'auxiliary' && isFirst);
  frame.isPair ||= kind === 'cannot';
}

/** What rejects is where it was going to. */
function readBy(frame: Frame, token: Token, { end, before }: Around): End {
  if (before?.kind === 'action') return 'to';
  frame.unknown.push(token);
  return end;
}

/** `port 443`, or which ports; `to port 443` names no address. */
function readPortWord(frame: Frame, { end, next }: Around): End {
  const isPortNext = next !== undefined && /^\d[^.]*$/.test(next.text);
  if (!isPortNext) say(frame, 'topic', 'ports');
  return isPortNext && end === 'to' ? undefined : end;
}

/** A word in the place of an address means that the address is missing. */
function readUnknown(frame: Frame, token: Token, { end }: Around): void {
  if ((end === 'from' || end === 'to') && token.name === undefined)
    place(frame, { text: '<address>', isEndpoint: false, missing: token }, end);
  else frame.unknown.push(token);
}

/** `who is 10.0.1.5 talking to` ends with the end that is asked for, `who talked to` with an address that is missing. */
function endWith(frame: Frame, end: End): void {
  if (end === undefined || end === 'of') return;
  const [only, ...more] = frame.of;
  const isOpen = frame.from === undefined && frame.to === undefined && more.length === 0;
  if (isOpen && only !== undefined && end !== 'from') {
    frame.from = only;
    frame.of.length = 0;
  } else if (isOpen && only === undefined && end !== 'with') {
    frame[end] = { text: '<address>', isEndpoint: false, missing: word(end) };
  } else frame.contradicts = true;
}
