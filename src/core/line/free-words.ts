import type { Token } from './tokens.ts';

/** What a query of the catalog is about, in a word that people say. */
type Topic = 'top-talkers' | 'rejected' | 'records' | 'ports' | 'timeline' | 'gaps';

/** The meaning of one word of a question that is asked in a sentence. */
export type Meaning =
  /** No meaning: a filler word. */
  | { readonly kind: 'filler' }
  /** A filler that asks for a yes or no when it comes first. */
  | { readonly kind: 'auxiliary' }
  /** A filler that shows that two addresses are meant. */
  | { readonly kind: 'cannot' }
  /** At which end the address behind it is. */
  | { readonly kind: 'preposition'; readonly end: 'from' | 'to' | 'of' | 'with' }
  /** Which end the address behind it is, where one follows at once: `reach 10.0.1.5`. */
  | { readonly kind: 'verb' }
  | { readonly kind: 'action'; readonly action: 'accept' | 'reject' }
  | { readonly kind: 'topic'; readonly topic: Topic }
  | { readonly kind: 'protocol'; readonly protocol: string }
  /** That two addresses are meant. */
  | { readonly kind: 'pair' }
  /** That the number behind it is how many rows. */
  | { readonly kind: 'amount' }
  | { readonly kind: 'port' }
  /** A place, understood only by the word behind it. */
  | { readonly kind: 'place' }
  /** The client, behind a verb. */
  | { readonly kind: 'by' }
  /** Any address at all: the end before it is left open. */
  | { readonly kind: 'anyone' };

const FILLERS =
  'a an the any all some this that these those there it its my our me us i we you please pls plz show list find ' +
  'get give tell display see look check query want need know what which who whom just only every everything anything ' +
  'something traffic flow flows connection connections packet ' +
  'packets request requests attempt attempts session sessions network ip ips address addresses host hosts seen made ' +
  'used use using open log logs hi hello hey thanks';

const MEANINGS: readonly (readonly [words: string, meaning: Meaning])[] = [
  [FILLERS, { kind: 'filler' }],
  ['is are was were do did does has have had been being will would', { kind: 'auxiliary' }],
  ['can could', { kind: 'auxiliary' }],
  ["cannot can't cant couldn't", { kind: 'cannot' }],
  ['from source src', { kind: 'preposition', end: 'from' }],
  ['to into towards toward destination dst -> => → >', { kind: 'preposition', end: 'to' }],
  ['of for about', { kind: 'preposition', end: 'of' }],
  ['with', { kind: 'preposition', end: 'with' }],
  [
    'reach reaches reached reaching contact contacts contacted contacting access accesses accessed accessing hit hits',
    { kind: 'verb' },
  ],
  [
    'talk talks talked talking connect connects connected connecting speak speaks going go coming come',
    { kind: 'filler' },
  ],
  [
    'reject rejects rejected rejecting deny denies denied drop drops dropped block blocks blocked ' +
      'rejection rejections',
    { kind: 'action', action: 'reject' },
  ],
  [
    'accept accepts accepted accepting allow allows allowed permit permits permitted',
    { kind: 'action', action: 'accept' },
  ],
  ['talkers talker top-talkers', { kind: 'topic', topic: 'top-talkers' }],
  ['records record', { kind: 'topic', topic: 'records' }],
  ['timeline', { kind: 'topic', topic: 'timeline' }],
  ['gaps gap', { kind: 'topic', topic: 'gaps' }],
  ['between and', { kind: 'pair' }],
  ['top newest latest', { kind: 'amount' }],
  ['port ports', { kind: 'port' }],
  ['in on at via over through', { kind: 'place' }],
  ['anyone anybody someone somebody anywhere everywhere', { kind: 'anyone' }],
  ['by', { kind: 'by' }],
  ...['tcp', 'udp', 'icmp', 'icmpv6', 'gre', 'esp', 'sctp'].map(
    (protocol) => [protocol, { kind: 'protocol', protocol }] as const,
  ),
];

const BY_WORD: ReadonlyMap<string, Meaning> = new Map(
  MEANINGS.flatMap(([words, meaning]) => words.split(' ').map((word) => [word, meaning] as const)),
);

/** What a word means in a sentence, in any case; undefined for one that nothing is known of. */
export function meaningOf(word: string): Meaning | undefined {
  return BY_WORD.get(word.toLowerCase());
}

/** Words behind a number that make it how many rows. */
export const ROW_WORDS: ReadonlySet<string> = new Set([
  'talkers',
  'talker',
  'records',
  'record',
  'pairs',
  'rows',
]);

/** What people call the ends of a connection where they write `name=value`, and the port. */
export const END_NAMES: Readonly<Record<string, 'from' | 'to' | 'of' | 'port'>> = {
  src: 'from',
  source: 'from',
  from: 'from',
  srcaddr: 'from',
  saddr: 'from',
  client: 'from',
  dst: 'to',
  dest: 'to',
  destination: 'to',
  to: 'to',
  dstaddr: 'to',
  daddr: 'to',
  server: 'to',
  ip: 'of',
  addr: 'of',
  address: 'of',
  host: 'of',
  dport: 'port',
  dstport: 'port',
};

/** One address of a sentence. */
export interface SpokenAddress {
  readonly text: string;
  /** It was typed together with a port, as a server is. */
  readonly isEndpoint: boolean;
  /** The word in the place of an address, which is none. */
  readonly missing?: Token;
}

/** What a sentence says, before it is known which query that is. */
export interface Frame {
  from: SpokenAddress | undefined;
  to: SpokenAddress | undefined;
  /** Addresses of which it does not say which end they are, in order. */
  readonly of: SpokenAddress[];
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
    from: undefined,
    to: undefined,
    of: [],
    port: undefined,
    proto: undefined,
    action: undefined,
    top: undefined,
    topic: undefined,
    options: [],
    unknown: [],
    isYesOrNo: false,
    isPair: false,
    isBoth: false,
    contradicts: false,
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
export function place(frame: Frame, spoken: SpokenAddress, end: 'from' | 'to' | 'of' | undefined): void {
  // `to 10.0.1.5 10.0.2.7` does not say what the second is to the first.
  const isEndSaid = frame.from !== undefined || frame.to !== undefined;
  if (end === undefined || end === 'of') {
    frame.of.push(spoken);
    frame.contradicts ||= isEndSaid;
  } else if (frame[end] !== undefined) frame.contradicts = true;
  else frame[end] = spoken;
}
