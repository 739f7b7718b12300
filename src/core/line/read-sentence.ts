import { servicePort } from '../flow-log/services.ts';
import { isRecognised } from '../reading.ts';
import { looksLikeName } from './address-name.ts';
import {
  END_NAMES,
  emptyFrame,
  type Frame,
  type Meaning,
  meaningOf,
  place,
  ROW_WORDS,
  type SpokenAddress,
  say,
} from './free-words.ts';
import { action, interfaceId, port } from './network-arguments.ts';
import { parseAddress, splitEndpoint } from './read-address.ts';
import { SCOPE_ARGS } from './standard-arguments.ts';
import { named, type Token, word } from './tokens.ts';

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

/** A word in the place of an address is a name where it looks like one, or else means that the address is missing. */
function readUnknown(frame: Frame, token: Token, { end }: Around): void {
  const { name, text, quoted } = token;
  if ((end !== 'from' && end !== 'to') || name !== undefined) frame.unknown.push(token);
  else if (!quoted && looksLikeName(text)) place(frame, { text, isEndpoint: false }, end);
  else place(frame, { text: '<address>', isEndpoint: false, missing: token }, end);
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

/** At which end the next address of a sentence is, as far as the words before it say. */
type End = 'from' | 'to' | 'of' | 'with' | undefined;

/** What is known when a word is read: the words around it. */
interface Around {
  readonly end: End;
  readonly before: Meaning | undefined;
  readonly isBehindAddress: boolean;
  readonly next: Token | undefined;
}

/** Takes down an address; false for a word that is none. */
function readAddress(frame: Frame, token: Token, { end }: Around): boolean {
  if (token.quoted || token.name !== undefined) return false;
  const spoken = addressOf(token, frame);
  if (spoken === undefined) return false;
  if (end === 'with') frame.isPair ||= frame.of.length > 0;
  place(frame, spoken, end === 'with' ? 'of' : end);
  return true;
}

/** Takes down an amount, a port, a place or an option; false for a word that is none of them. */
function readValue(frame: Frame, token: Token, around: Around): boolean {
  if (token.quoted) return false;
  if (token.name !== undefined) return readNamed(frame, token, token.name, around);
  return readPort(frame, token, around) || readAmount(frame, token, around) || readScope(frame, token);
}

function readAmount(frame: Frame, { text }: Token, { before, next }: Around): boolean {
  const isCounted = ROW_WORDS.has(next?.text.toLowerCase() ?? '');
  if (!/^\d{1,4}$/.test(text) || !(before?.kind === 'amount' || isCounted)) return false;
  say(frame, 'top', text);
  return true;
}

/** A number is a port where that is said, or behind an address; a service always is. */
function readPort(frame: Frame, { text }: Token, { before, isBehindAddress }: Around): boolean {
  const isSaid = isBehindAddress || before?.kind === 'port' || before?.kind === 'place';
  if (meaningOf(text) !== undefined || (/^\d/.test(text) && !isSaid)) return false;
  return sayPort(frame, text);
}

function sayPort(frame: Frame, text: string): boolean {
  if (!isPort(text)) return false;
  const reading = port().read(text);
  if (isRecognised(reading)) say(frame, 'port', port().write(reading.value));
  return isRecognised(reading);
}

/** Whether a word may be a port. Reading one looks for the nearest service, which is too much for each word. */
function isPort(text: string): boolean {
  return /^:?\d/.test(text) || servicePort(text) !== undefined;
}

/** An interface, a network or a region is known by its form. */
function readScope(frame: Frame, { text }: Token): boolean {
  const name = scopeOf(text);
  if (name !== undefined) frame.options.push(named(name, text.toLowerCase()));
  return name !== undefined;
}

function scopeOf(text: string): string | undefined {
  const kinds = { eni: interfaceId(), vpc: SCOPE_ARGS.vpc, region: SCOPE_ARGS.region };
  return Object.entries(kinds).find(([, kind]) => isRecognised(kind.read(text)))?.[0];
}

/** Whether a word says where by itself: then `in` and `on` before it say nothing more. */
export function saysWhere({ text, name, quoted }: Token): boolean {
  if (quoted || name !== undefined) return false;
  const host = splitEndpoint(text)?.host ?? text;
  const isAddress = mayBeAddress(host) && isRecognised(parseAddress(host));
  return isAddress || (isPort(text) && isRecognised(port().read(text))) || scopeOf(text) !== undefined;
}

function readNamed(frame: Frame, token: Token, name: string, { end }: Around): boolean {
  const meant = Object.hasOwn(END_NAMES, name) ? END_NAMES[name] : undefined;
  if (name === 'port' || meant === 'port') return sayPort(frame, token.text);
  if (name === 'action') return sayAction(frame, token.text);
  if (meant === undefined) {
    frame.options.push(token);
    return true;
  }
  const spoken = addressOf(token, frame);
  if (spoken === undefined) return false;
  place(frame, spoken, meant === 'of' && end !== 'with' ? (end ?? 'of') : meant);
  return true;
}

function sayAction(frame: Frame, text: string): boolean {
  const reading = action().read(text);
  if (isRecognised(reading)) say(frame, 'action', reading.value === 'ACCEPT' ? 'accept' : 'reject');
  return isRecognised(reading);
}

/** The address that a word is, as it is written in a line; a port that it carries is said of the whole sentence. */
function addressOf({ text }: Token, frame: Frame): SpokenAddress | undefined {
  if (!mayBeAddress(text)) return undefined;
  const endpoint = splitEndpoint(text);
  const reading = parseAddress(endpoint?.host ?? text);
  const address = isRecognised(reading) ? reading.value.text : reading.instead;
  if (address === undefined || (endpoint !== undefined && !sayPort(frame, endpoint.port))) return undefined;
  if (endpoint?.proto !== undefined) say(frame, 'proto', endpoint.proto.toLowerCase());
  return { text: address, isEndpoint: endpoint !== undefined };
}

function mayBeAddress(text: string): boolean {
  return /[\d:]/.test(text);
}
