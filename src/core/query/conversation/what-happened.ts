import type { AddressRange } from '../../flow-log/addresses.ts';
import { groupBy } from '../../group-by.ts';
import type { Integer } from '../../wording.ts';
import { type Judgement, type Phrase, phrase } from '../finding.ts';
import type { JudgeContext } from '../query.ts';
import { isAbsenceRead, limitsOn } from './certainty.ts';
import { type Conversation, conversationsOf, recordedEnds, type Sighting } from './conversations.ts';
import { ruleFinding } from './rule-words.ts';
import type { SIGHTING_COLUMNS, SightingRow } from './sightings.ts';
import { type Stretch, stretchesOf } from './stretches.ts';
import { suspicionsOn } from './suspicions.ts';
import { onService, type Parties, sentenceOn } from './words.ts';

/** What a judgement over sightings knows of its question. */
export type SightingContext = Pick<JudgeContext, 'window' | 'coverage' | 'subjects' | 'rules' | 'more'>;

/** A conversation with what became of it. */
interface Judged {
  readonly conversation: Conversation;
  readonly stretches: readonly Stretch[];
  readonly now: Stretch;
}

/**
 * What happened between two addresses, by the rows of `sightingsBetween`: of the conversation that fares worst what became of
 * it, since when, and what was before; the rows are what shows it, the latest first.
 */
export function whatHappened(
  rows: readonly SightingRow[],
  a: AddressRange,
  b: AddressRange,
  context: SightingContext,
): Judgement<typeof SIGHTING_COLUMNS> {
  const subject = ({ text }: AddressRange) => context.subjects.find(({ said }) => said === text);
  const known = { a: subject(a), b: subject(b) };
  const recorded = recordedEnds(rows, known);
  const judged = conversationsOf(rows, known)
    .flatMap((conversation): readonly Judged[] => {
      const stretches = stretchesOf(conversation, recorded);
      const now = stretches.at(-1);
      return now === undefined ? [] : [{ conversation, stretches, now }];
    })
    .toSorted((one, other) => SEVERITY[other.now.verdict.state] - SEVERITY[one.now.verdict.state]);
  // An answer without rows is a matter of the proof, not of a judgement.
  if (judged.length === 0) return { rows: [], finding: { sentence: [] } };
  const { worst, services, others } = summed(judged);
  const { now, stretches, conversation } = worst;
  const { client, port, protocol } = conversation;
  const parties: Parties = {
    client: { address: client === 'a' ? a.text : b.text },
    server: { address: client === 'a' ? b.text : a.text },
    port,
    protocol,
    services,
  };
  const limits = limitsOn(
    worst,
    parties,
    context,
    rows.some(({ action }) => action === 'REJECT'),
  );
  const sentence = sentenceOn(now, services === undefined ? stretches.at(-2) : undefined, parties, {
    isOver: isOver(now, context),
    windowFrom: context.window.from,
    isRead: isAbsenceRead(context.coverage, now.firstSeconds),
  });
  const cause = ruleFinding(conversation, now, parties, services === undefined ? context.rules : undefined);
  // Of packets that do not arrive the verdict says more than their length would.
  const suspicions = now.verdict.state === 'answered' ? suspicionsOn(conversation, parties) : [];
  return {
    rows: judged.flatMap(evidenceRows),
    finding: {
      sentence: phrase`${sentence}${suspicions.flatMap(({ words }) => words)}${cause.words}${limits.words}${othersInWords(others)}`,
      state: now.verdict.state,
      since: new Date(now.firstSeconds * 1000),
      certainty: suspicions.length > 0 && limits.certainty === 'proven' ? 'likely' : limits.certainty,
      wouldTell: [...suspicions.map(({ wouldTell }) => wouldTell), ...limits.wouldTell, ...cause.wouldTell],
      links: cause.links,
    },
  };
}

/** From so many services on that fare alike they are counted, not named. */
const FEWEST_COUNTED = 5;

/** What fares worst, alone or with all that fare alike, as the ports of a scan do; and the others. */
function summed(judged: readonly Judged[]): {
  readonly worst: Judged;
  readonly services: number | undefined;
  readonly others: readonly Judged[];
} {
  const [worst, ...others] = judged;
  if (worst === undefined) throw new RangeError('there is no conversation');
  const isAlike = ({ now, conversation }: Judged) =>
    now.verdict.state === worst.now.verdict.state && conversation.client === worst.conversation.client;
  const alike = judged.filter(isAlike);
  if (alike.length < FEWEST_COUNTED) return { worst, services: undefined, others };
  const nows = alike.map(({ now }) => now);
  const now = {
    ...worst.now,
    firstSeconds: Math.min(...nows.map(({ firstSeconds }) => firstSeconds)),
    lastSeconds: Math.max(...nows.map(({ lastSeconds }) => lastSeconds)),
  };
  return {
    worst: { ...worst, now },
    services: alike.length,
    others: judged.filter((each) => !isAlike(each)),
  };
}

/** Which of several conversations an engineer is asked about: what fails before what works. */
const SEVERITY: Readonly<Record<Stretch['verdict']['state'], number>> = {
  rejected: 9,
  'reply rejected': 8,
  'not seen': 7,
  unanswered: 6,
  refused: 5,
  mixed: 4,
  'not recorded': 3,
  unknown: 2,
  answered: 1,
};

/** So long must nothing have come for a conversation to be over, in seconds: or a quarter of a shorter window. */
const QUIET_SECONDS = 300;

/** Whether something ended before the window did, as far as it was read. */
export function isOver(
  { lastSeconds }: Pick<Stretch, 'lastSeconds'>,
  { window, coverage }: Pick<JudgeContext, 'window' | 'coverage'>,
): boolean {
  const windowSeconds = (window.to.getTime() - window.from.getTime()) / 1000;
  const upTo =
    Math.min(window.to.getTime(), coverage.completeUpTo?.getTime() ?? Number.POSITIVE_INFINITY) / 1000;
  return upTo - lastSeconds > Math.min(QUIET_SECONDS, windowSeconds / 4);
}

/** ` Also on 443 https: answered.`: the other conversations of the two, those that fare worst first. */
function othersInWords(others: readonly Judged[]): Phrase {
  const shown = others.slice(0, MOST_OTHERS).map(({ conversation, now }) => {
    const on = onService(conversation).trimStart() || 'without a port';
    return `${on}: ${now.verdict.state}`;
  });
  if (shown.length === 0) return [];
  const more = others.length - shown.length;
  return [` Also ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`];
}

const MOST_OTHERS = 3;

/** What shows each stretch, the latest first: one row for each interface, direction and action. */
function evidenceRows({ stretches }: Judged): readonly SightingRow[] {
  return stretches
    .map((stretch, index) => rowsOf(stretch, stretches[index + 1]))
    .toReversed()
    .flat();
}

/** A request may be near two outcomes: it is shown with the one in whose time it began. */
function rowsOf(
  { verdict, sightings, firstSeconds }: Stretch,
  next: Stretch | undefined,
): readonly SightingRow[] {
  const own = sightings.filter(
    (sighting) =>
      sighting.row.action === 'REJECT' ||
      (sighting.firstSeconds >= firstSeconds &&
        sighting.firstSeconds < (next?.firstSeconds ?? Number.POSITIVE_INFINITY)),
  );
  const groups = groupBy(own, ({ row, way }) => [row.interface_id, way, row.action].join(' '));
  return [...groups.values()].map((group) => ({
    ...group.map(({ row }) => row).reduce(added),
    state: verdict.state,
    way: group.map(wayInWords)[0] ?? '',
    flags: [...new Set(group.map(({ row }) => row.flags))].toSorted().join(', '),
  }));
}

function wayInWords({ way, end, row: { direction } }: Sighting): string {
  const where = direction === 'egress' ? ' leaving' : direction === 'ingress' ? ' arriving' : '';
  return `${way}${where}${end === 'between' ? ' between' : ''}`;
}

function added(one: SightingRow, other: SightingRow): SightingRow {
  return {
    ...one,
    records: sum(one.records, other.records) ?? 0,
    packets: sum(one.packets, other.packets),
    bytes: sum(one.bytes, other.bytes),
    first_seen: earlier(one.first_seen, other.first_seen),
    last_seen: later(one.last_seen, other.last_seen),
  };
}

function sum(one: Integer | null, other: Integer | null): Integer | null {
  if (one === null || other === null) return one ?? other;
  const total = BigInt(one) + BigInt(other);
  return total <= Number.MAX_SAFE_INTEGER ? Number(total) : total;
}

function earlier(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other < one) ? other : one;
}

function later(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other > one) ? other : one;
}
