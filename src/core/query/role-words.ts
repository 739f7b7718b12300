import { plural, showInteger } from '../wording.ts';
import { ABSENT } from './columns.ts';
import { isAbsenceRead } from './conversation/certainty.ts';
import { onService } from './conversation/words.ts';
import { anAddress, type Phrase, phrase } from './finding.ts';
import type { RecordedIdentity } from './identity-words.ts';
import type { JudgeContext } from './query.ts';
import type { AddressRole } from './roles-of-address.ts';

/** A row of `rolesOfAddress`. */
export interface RoleRow {
  readonly role: string;
  readonly port: number | null;
  readonly protocol: number | null;
  readonly state: string;
  readonly peers: number | bigint;
  readonly peer: string;
  readonly answered_peers: number | bigint;
  readonly answering: number | bigint;
  readonly rejected: number | bigint;
  readonly most_ports: number | bigint;
  readonly confirmed: number | bigint | null;
  readonly low_state: string;
  readonly high_state: string;
  readonly at_interface: string;
  readonly other_interface: string;
  readonly instance: string;
  readonly subnet: string;
  readonly vpc: string;
  readonly aws_service: string;
}

/** What the records at the address's own interface say of it, out of all rows. */
export function recordedIdentity(rows: readonly RoleRow[]): RecordedIdentity {
  const said = (value: (row: RoleRow) => string) => rows.map(value).find((text) => text !== ABSENT) ?? ABSENT;
  const own = rows.flatMap((row) => [row.at_interface, row.other_interface]);
  return {
    interfaces: [...new Set(own)].filter((id) => id !== ABSENT).toSorted(),
    instance: said((row) => row.instance),
    subnet: said((row) => row.subnet),
    vpc: said((row) => row.vpc),
    awsService: said((row) => row.aws_service),
  };
}

/** A row as it is shown: what became of its peers, in one word where they fared alike. */
export function shownRole<T extends RoleRow>(row: T): T {
  const { peers, answering, low_state: low, high_state: high } = row;
  if (low === high) return { ...row, state: low === 'unknown' ? ABSENT : low };
  return { ...row, state: `${showInteger(answering)} of ${showInteger(peers)} answered` };
}

const [TCP, UDP] = [6, 17] as const;

/** Roles in which an absence is claimed: of an answer. */
const UNANSWERED: readonly string[] = ['is asked', 'tries'] satisfies readonly AddressRole[];

/** What keeps it from being certain what the address is in its conversations. */
export function doubtsOnRoles(rows: readonly RoleRow[], context: RolesContext): readonly Phrase[] {
  const isGap = rows.some(({ role }) => UNANSWERED.includes(role)) && !areAnswersRead(context);
  return [
    ...unsureOf(rows),
    ...(isGap ? [['An answer may be in what was not read: ask again once the files can be read.']] : []),
  ];
}

function unsureOf(rows: readonly RoleRow[]): readonly Phrase[] {
  const isUnsure = rows.some(
    ({ role, protocol, confirmed }) => role === 'listens' && protocol === TCP && Number(confirmed) === 0,
  );
  return isUnsure
    ? [['The field tcp-flags in the format of the flow log would tell who asked and who answered.']]
    : [];
}

interface RoleWords {
  readonly verb: string;
  /** The verb where records are missing that could hold an answer; the same where it claims no absence. */
  readonly unread?: string;
  /** One service of that role, to be read behind the verb. */
  readonly service: (row: RoleRow) => Phrase;
}

/** In the order in which a sentence has them. */
const ROLES: Readonly<Record<AddressRole, RoleWords>> = {
  listens: {
    verb: 'listens',
    service: (row) => phrase`${onPort(row)} for ${peersOf(row, 'client')}`,
  },
  'is asked': {
    verb: 'gives no answer',
    unread: 'gives no answer that was read',
    service: (row) => phrase` to ${peersOf(row, 'client')}${onPort(row)}`,
  },
  opens: {
    verb: 'opens connections',
    service: (row) => phrase`${onPort(row)} to ${peersOf(row, 'address')}`,
  },
  tries: {
    verb: 'gets no answer',
    unread: 'gets no answer that was read',
    service: (row) => phrase` from ${peersOf(row, 'address')}${onPort(row)}`,
  },
  'passes on': {
    verb: 'passes on traffic',
    service: (row) => phrase`${onPort(row)} of ${peersOf(row, 'address')}`,
  },
  unknown: {
    verb: 'exchanges packets',
    service: (row) => phrase`${onPort(row)} with ${peersOf(row, 'address')}`,
  },
};

/** So many services of each role are named; others are counted. */
const MOST_SERVICES = 3;

type RolesContext = Pick<JudgeContext, 'more' | 'coverage' | 'window'>;

function areAnswersRead({ coverage, window }: RolesContext): boolean {
  return isAbsenceRead(coverage, window.from.getTime() / 1000);
}

/** `listens on 5432 postgres for 4 clients; opens connections on 443 https to 2 addresses`. */
export function rolesInWords(rows: readonly RoleRow[], context: RolesContext): Phrase {
  const isRead = areAnswersRead(context);
  const parts = Object.entries(ROLES).flatMap(([role, words]) => {
    const own = rows.filter((row) => row.role === role && !isOfStrangers(row) && !isOnlyTried(row));
    const verb = isRead ? words.verb : (words.unread ?? words.verb);
    return own.length === 0 ? [] : [phrase`${verb}${servicesOf(own, words, context.more)}`];
  });
  const asRead = isRead ? '' : ' that was read';
  const strangers = rows.filter(isOfStrangers).map(({ peers, most_ports: ports }): Phrase => {
    const tried = Number(ports) > 1 ? ` tried up to ${showInteger(ports)} ports each and` : '';
    return [`${plural(peers, 'address', 'addresses')} on the internet${tried} got no answer${asRead}`];
  });
  return joined([...(parts.length === 0 ? [[`answered nothing${asRead}`]] : parts), ...strangers], '; ');
}

/** What comes from the internet and was not answered is on whatever port. */
function isOfStrangers({ role, port, protocol }: RoleRow): boolean {
  return role === 'is asked' && port === null && protocol === null;
}

/** Where nothing shows who asks, packets that were all rejected say nothing of the address. */
function isOnlyTried({ role, answered_peers: answered }: RoleRow): boolean {
  return role === 'unknown' && Number(answered) === 0;
}

function servicesOf(rows: readonly RoleRow[], { service }: RoleWords, isMore: boolean): Phrase {
  const shown = rows.slice(0, MOST_SERVICES).map((row) => phrase`${service(row)}${fateOf(row)}`);
  const others = rows.length - shown.length;
  const least = isMore ? 'at least ' : '';
  const more = others > 0 ? ` and ${least}${plural(others, 'other service')}` : '';
  const last = more === '' ? shown.at(-1) : undefined;
  const before = last === undefined ? shown : shown.slice(0, -1);
  const and = last === undefined || before.length === 0 ? '' : ' and';
  return phrase`${joined(before, ',')}${and}${last ?? []}${more}`;
}

function joined(phrases: readonly Phrase[], between: string): Phrase {
  return phrases.reduce<Phrase>((all, each, index) => phrase`${all}${index === 0 ? '' : between}${each}`, []);
}

function onPort(row: RoleRow): string {
  const { port, protocol, most_ports: ports } = row;
  if (port !== null || protocol !== null) return onService(row);
  return ` on ${Number(ports) > 1 ? `up to ${showInteger(ports)} ports` : 'one port'}`;
}

/** The only peer by its address, or how many there are. */
function peersOf({ peers, peer }: RoleRow, one: 'client' | 'address'): Phrase {
  if (Number(peers) === 1) return [anAddress(peer)];
  return [one === 'client' ? plural(peers, one) : plural(peers, one, 'addresses')];
}

function needsNoAnswer({ role, protocol }: RoleRow): boolean {
  return protocol === UDP && UNANSWERED.includes(role);
}

/** What became of the peers in the end, where they were not all answered. */
function fateOf(row: RoleRow): string {
  const { peers, answering, answered_peers: answered, rejected, low_state: low, high_state: high } = row;
  const inTheEnd = Number(answered) > 0 ? ' in the end' : '';
  if (low === 'unknown' && high === low) return needsNoAnswer(row) ? ' (UDP may need none)' : '';
  if (low === high) return low === 'answered' ? '' : ` (${low}${inTheEnd})`;
  const failing = Number(peers) - Number(answering);
  if (failing === 0) return '';
  const fate = failing === Number(rejected) ? 'rejected' : 'not answered';
  return ` (${showInteger(failing)} of them ${fate}${inTheEnd})`;
}
