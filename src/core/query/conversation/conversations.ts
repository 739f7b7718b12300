import { isInternal } from '../../flow-log/addresses.ts';
import { groupBy } from '../../group-by.ts';
import type { SubjectRead } from '../../lake/scan.ts';
import type { SightingRow } from './sightings.ts';
import type { End } from './verdict.ts';

/** What one interface recorded of one direction of a conversation. */
export interface Sighting {
  readonly row: SightingRow;
  readonly end: End;
  readonly way: 'request' | 'reply';
  /** From the first packet to the last, in epoch seconds. */
  readonly firstSeconds: number;
  readonly lastSeconds: number;
}

/** Client, server, port and protocol, with all that was recorded of them. */
export interface Conversation {
  /** Which of the two addresses asks; `a` where nothing shows it. */
  readonly client: 'a' | 'b';
  readonly port: number | null;
  readonly protocol: number | null;
  readonly sightings: readonly Sighting[];
}

/** What is known of the interfaces of the two addresses. */
export interface EndsKnown {
  readonly a: SubjectRead | undefined;
  readonly b: SubjectRead | undefined;
}

/** An interface and the times at which it recorded something, of whatever traffic. */
export interface RecordedEnd {
  readonly end: 'a' | 'b';
  readonly firstSeconds: number;
  readonly lastSeconds: number;
}

/** The conversations among the rows of `sightingsBetween`, those with the most records first. */
export function conversationsOf(rows: readonly SightingRow[], known: EndsKnown): readonly Conversation[] {
  const asked = rows.filter(({ sender }) => sender !== '-');
  const groups = groupBy(asked, (row) => `${clientOf(row)} ${row.port} ${row.protocol}`);
  return [...groups.values()]
    .map((group) => conversationOf(group, known))
    .toSorted((one, other) => recordsOf(other) - recordsOf(one));
}

/** When the interfaces of each address recorded anything. */
export function recordedEnds(rows: readonly SightingRow[], known: EndsKnown): readonly RecordedEnd[] {
  return rows.flatMap((row) => {
    const end = row.at_end;
    if (end !== 'a' && end !== 'b') return [];
    if (!isInterfaceOf(known[end], row.interface_id)) return [];
    return [{ end, firstSeconds: secondsOf(row.first_seen), lastSeconds: secondsOf(row.last_seen) }];
  });
}

/** Who asks, by the role of who sent it. */
function clientOf({ sender, role }: SightingRow): 'a' | 'b' {
  if (role === 'client') return sender === 'b' ? 'b' : 'a';
  if (role === 'server') return sender === 'b' ? 'a' : 'b';
  return 'a';
}

function conversationOf(rows: readonly SightingRow[], known: EndsKnown): Conversation {
  const [first] = rows;
  if (first === undefined) throw new RangeError('a group has at least one row');
  const client = clientOf(first);
  const wayOf = ({ sender }: SightingRow) => (sender === client ? 'request' : 'reply');
  const ends = new Map(
    [...groupBy(rows, ({ interface_id }) => interface_id)].map(([id, own]) => [
      id,
      endOf(id, own, rows, { client, known, wayOf }),
    ]),
  );
  return {
    client,
    port: first.port,
    protocol: first.protocol,
    sightings: rows.map((row) => ({
      row,
      way: wayOf(row),
      end: ends.get(row.interface_id) ?? 'unknown',
      firstSeconds: secondsOf(row.first_seen),
      lastSeconds: secondsOf(row.last_seen),
    })),
  };
}

interface EndContext {
  readonly client: 'a' | 'b';
  readonly known: EndsKnown;
  readonly wayOf: (row: SightingRow) => 'request' | 'reply';
}

/** At which end an interface is, by what it recorded and by what EC2 says. */
function endOf(
  id: string,
  own: readonly SightingRow[],
  all: readonly SightingRow[],
  context: EndContext,
): End {
  const { client, known, wayOf } = context;
  const sideOf = (end: 'a' | 'b'): End => (end === client ? 'client' : 'server');
  for (const end of ['a', 'b'] as const) if (known[end]?.interfaces.includes(id)) return sideOf(end);
  // It passes on what it gets.
  const passesOn = (['request', 'reply'] as const).some((way) => {
    const directions = new Set(own.filter((row) => wayOf(row) === way).map(({ direction }) => direction));
    return directions.has('ingress') && directions.has('egress');
  });
  if (passesOn) return 'between';
  const claimed = own.find(({ at_end }) => at_end === 'a' || at_end === 'b')?.at_end;
  if (claimed === 'a' || claimed === 'b')
    return isInterfaceOf(known[claimed], id) ? sideOf(claimed) : 'between';
  if (own.some(({ direction }) => direction !== 'unknown')) return 'between';
  return endByRejection(own, all, wayOf);
}

/** Where directions are not recorded: who rejects what another interface let go is the one that it was sent to. */
function endByRejection(
  own: readonly SightingRow[],
  all: readonly SightingRow[],
  wayOf: EndContext['wayOf'],
): End {
  const [first] = own;
  const others = all.filter(({ interface_id }) => interface_id !== first?.interface_id);
  const has = (rows: readonly SightingRow[], way: string, action: string) =>
    rows.some((row) => wayOf(row) === way && row.action === action);
  if (has(own, 'request', 'REJECT') && has(others, 'request', 'ACCEPT')) return 'server';
  if (has(own, 'request', 'ACCEPT') && has(others, 'request', 'REJECT')) return 'client';
  return 'unknown';
}

/** Whether an interface can be one of an address: EC2 may say that it is not. */
function isInterfaceOf(subject: SubjectRead | undefined, id: string): boolean {
  if (subject === undefined || subject.isPartial) return true;
  return subject.interfaces.includes(id) || mayBeDeleted(subject);
}

/**
 * Whether EC2 lists no interface of an internal address: it may have had one that is deleted since, as that of an
 * instance that was replaced. A public one is rather that of a stranger.
 */
export function mayBeDeleted(subject: SubjectRead): boolean {
  return !subject.isPartial && subject.interfaces.length === 0 && isInternal(subject.said);
}

function recordsOf({ sightings }: Conversation): number {
  return sightings.reduce((sum, { row }) => sum + Number(row.records), 0);
}

function secondsOf(instant: Date | null): number {
  return instant === null ? 0 : instant.getTime() / 1000;
}
