import { protocolName } from '../../flow-log/protocols.ts';
import { serviceName } from '../../flow-log/services.ts';
import { capitalised, type Phrase, type PhrasePart, phrase } from '../finding.ts';
import type { Stretch } from './stretches.ts';
import type { Verdict } from './verdict.ts';

/** Whose conversation it is, as a sentence names them. */
export interface Parties {
  readonly client: { readonly address: string };
  readonly server: { readonly address: string };
  readonly port: number | null;
  readonly protocol: number | null;
  /** How many services it is about, where that is more than the one of `port`. */
  readonly services?: number | undefined;
}

/** ` on 5432 postgres`, ` by icmp`; nothing where neither is known. */
export function onService({
  port,
  protocol,
  services,
}: Pick<Parties, 'port' | 'protocol' | 'services'>): string {
  if (services !== undefined) return ` on ${services} ports`;
  if (port !== null) {
    const service = serviceName(port);
    return ` on ${port}${service === undefined ? '' : ` ${service}`}`;
  }
  return protocol === null ? '' : ` by ${protocolName(protocol) ?? `protocol ${protocol}`}`;
}

/** An instant of a sentence, from epoch seconds. */
export function at(seconds: number): PhrasePart {
  return { at: new Date(seconds * 1000) };
}

/** Records of two outcomes may be of the same minute without blurring, in seconds. */
const SHARP_SECONDS = 60;

/**
 * When one outcome took the place of another: ` since 13:52:13`, or ` since a time between 13:50 and 14:00` where records
 * are too long to say it. What was so from the first minute of the window on may have been so before.
 */
function since(now: Stretch, before: Stretch | undefined, windowFrom: Date): Phrase {
  if (before !== undefined && before.lastSeconds - now.firstSeconds > SHARP_SECONDS)
    return phrase` since a time between ${at(now.firstSeconds)} and ${at(before.lastSeconds)}`;
  const isOlder =
    before === undefined && now.firstSeconds * 1000 - windowFrom.getTime() < FIRST_SECONDS * 1000;
  return isOlder ? phrase` since before ${{ at: windowFrom }}` : phrase` since ${at(now.firstSeconds)}`;
}

/** What begins so soon after the window began was hardly new then, in seconds. */
const FIRST_SECONDS = 120;

/** `; it answered until 13:51:54`: what came before. */
function until(before: Stretch | undefined, now: Stretch, { server }: Parties): Phrase {
  if (before === undefined) return [];
  const blurs = before.lastSeconds - now.firstSeconds > SHARP_SECONDS;
  // Only where the server is what the sentence is about is it `it`.
  const subject = IS_ABOUT_SERVER.has(now.verdict.state) && now.verdict.at !== 'client' ? 'it' : server;
  const past = PAST[before.verdict.state];
  const what = past.startsWith(' ') ? phrase`${subject}${past}` : past;
  return phrase`; ${what}${blurs ? ' before' : phrase` until ${at(before.lastSeconds)}`}`;
}

const IS_ABOUT_SERVER: ReadonlySet<Verdict['state']> = new Set([
  'answered',
  'refused',
  'unanswered',
  'rejected',
  'mixed',
]);

/** What the server did, with a space before it, or what became of packets. */
const PAST: Readonly<Record<Verdict['state'], string>> = {
  answered: ' answered',
  refused: ' refused',
  unanswered: ' did not answer',
  rejected: 'requests were rejected',
  'reply rejected': 'the replies were rejected',
  'not seen': 'packets did not arrive',
  'not recorded': 'nothing came back',
  mixed: 'some requests were answered and some were not',
  unknown: 'nothing is known',
};

/** How the time of a stretch is to the window. */
interface SentenceTime {
  /** Nothing more of it came for a while. */
  readonly isOver: boolean;
  /** All was read of some time from its begin on, so that an absence is one of packets. */
  readonly isRead: boolean;
  readonly windowFrom: Date;
}

/** The sentence on what became of a conversation in the end, since when, and what was before. */
export function sentenceOn(
  now: Stretch,
  before: Stretch | undefined,
  parties: Parties,
  { isOver, isRead, windowFrom }: SentenceTime,
): Phrase {
  const [what, why] = wordsOn(now, parties, { isOver, isRead });
  const when = isOver
    ? phrase`, from ${at(now.firstSeconds)} to ${at(now.lastSeconds)}`
    : since(now, before, windowFrom);
  return phrase`${what}${when}${until(before, now, parties)}.${why === undefined ? '' : phrase` ${capitalised(why)}.`}`;
}

/** What happens, and what shows it. */
function wordsOn(
  now: Stretch,
  parties: Parties,
  { isOver, isRead }: Pick<SentenceTime, 'isOver' | 'isRead'>,
): readonly [what: Phrase, why?: Phrase | undefined] {
  const { client, server } = parties;
  const on = onService(parties);
  const has = isOver ? '' : 'has ';
  const { state, at: place } = now.verdict;
  switch (state) {
    case 'answered':
      return [phrase`${server} ${has}answered ${client}${on}`];
    case 'refused':
      return [
        phrase`${server} ${has}refused ${client}${on}`,
        ['it answers with resets alone, as where nothing listens'],
      ];
    case 'unanswered':
      if (!isRead) return [phrase`No answer of ${server} to ${client}${on} was seen`];
      return [
        phrase`${server} ${isOver ? 'did not answer' : 'has not answered'} ${client}${on}`,
        [`requests were accepted there, and nothing left it${udpNote(parties)}`],
      ];
    case 'rejected':
    case 'reply rejected':
      return rejectionWords(now.verdict, parties, isOver);
    case 'not seen':
      return place === 'client'
        ? [
            phrase`Replies of ${server} to ${client}${on} ${isOver ? 'left' : 'leave'} ${server} and ${isOver ? 'were' : 'are'} not seen at ${client}`,
          ]
        : [
            phrase`Requests of ${client} to ${server}${on} ${isOver ? 'left' : 'leave'} ${client} and ${isOver ? 'were' : 'are'} not seen at ${server}`,
            ['routes, and what is between the two, decide that'],
          ];
    case 'not recorded':
      // Only an interface on the way, or one of which nothing shows the side, recorded them.
      if (place === 'unknown')
        return [
          phrase`No reply of ${server} to ${client}${on} was recorded`,
          [
            'the requests were recorded on their way alone, or at an interface of which nothing shows the side',
          ],
        ];
      return [
        phrase`Requests of ${client} to ${server}${on} ${isOver ? 'left' : 'leave'} ${client} and nothing ${isOver ? 'came' : 'comes'} back`,
        phrase`nothing is recorded at ${server}`,
      ];
    case 'mixed':
      return [
        phrase`${server} ${has}answered some requests of ${client}${on} and not others`,
        mixedWords(now),
      ];
    case 'unknown':
      return [phrase`What became of requests of ${client} to ${server}${on} cannot be said`];
  }
}

/** Who rejects whose packets, which way they go, and what rejects in that way. */
function rejectionWords(
  { state, at: place, side }: Verdict,
  parties: Parties,
  isOver: boolean,
): readonly [what: Phrase, why?: Phrase | undefined] {
  const { client, server } = parties;
  const on = onService(parties);
  const [has, have] = isOver ? ['', 'were'] : ['has ', 'have been'];
  if (state === 'reply rejected') {
    const why =
      side === undefined
        ? phrase`the requests are accepted`
        : phrase`they are rejected ${side} ${place === 'client' ? client : server}, as a network ACL does; the requests are accepted`;
    return [phrase`Replies of ${server} to ${client}${on} ${have} rejected`, why];
  }
  if (place === 'client')
    return [
      phrase`${client} ${has}rejected its own requests to ${server}${on}`,
      ['they are rejected leaving it'],
    ];
  if (place === 'server') return [phrase`${server} ${has}rejected ${client}${on}`];
  return [phrase`Requests of ${client} to ${server}${on} ${have} rejected`];
}

const UDP = 17;

function udpNote({ protocol }: Parties): string {
  return protocol === UDP ? '; UDP need not be answered' : '';
}

/** What those that were rejected have in common: the client's ports, or that they were new. */
function mixedWords({ sightings }: Stretch): Phrase | undefined {
  const rejected = sightings.filter(({ row }) => row.action === 'REJECT');
  const answered = sightings.filter(({ row, way }) => row.action === 'ACCEPT' && way === 'reply');
  const [no, yes] = [portsOf(rejected), portsOf(answered)];
  if (no !== undefined && yes !== undefined && (no.highest < yes.lowest || yes.highest < no.lowest))
    return [
      `client ports ${no.lowest} to ${no.highest} are rejected, ${yes.lowest} to ${yes.highest} are answered`,
    ];
  if (rejected.length > 0 && answered.length > 0 && answered.every(({ row }) => row.flags === 'plain'))
    return ['connections that were open go on, and new ones are rejected'];
  return undefined;
}

function portsOf(sightings: Stretch['sightings']) {
  const lowest = sightings.flatMap(({ row }) => row.lowest_port ?? []);
  const highest = sightings.flatMap(({ row }) => row.highest_port ?? []);
  if (lowest.length === 0) return undefined;
  return { lowest: Math.min(...lowest), highest: Math.max(...highest) };
}
