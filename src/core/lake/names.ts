import type { Window } from '../time/window.ts';
import { inOneLine } from '../wording.ts';
import { interfaceName } from './interface-name.ts';
import type { NetworkInterface } from './network.ts';

/**
 * What an address or a network interface is called, and where that is known from.
 *
 * @public named in the glossary
 */
export interface Name {
  readonly name: string;
  /**
   * What the records say of it; the interfaces of EC2; the address ranges that AWS publishes. Of subnets and countries it is
   * a place, where others are too: it is not the name of one thing.
   */
  readonly from: 'records' | 'EC2' | 'AWS ranges' | 'subnets' | 'countries';
  /** Since when it is called so, where that is after the window began; undefined where it is the name of then. */
  readonly since: Date | undefined;
  /** What it was called before, in the same window; left out where that is not known. */
  readonly before?: string;
  /** When the window ended for which `since` is said: an instant of another day is shown with its day. */
  readonly windowEnd?: Date;
}

/** Names by address (`10.0.1.5`, canonical) and by interface id (`eni-…`). */
export type Names = ReadonlyMap<string, Name>;

/** Whether a name only says where something is. */
export function isPlace({ from }: Pick<Name, 'from'>): boolean {
  return from === 'subnets' || from === 'countries';
}

/** Where nothing has a name. */
export const NO_NAMES: Names = new Map();

/** What an address or an interface was called for some time. It is kept as JSON. */
export interface NameSpan {
  /** An address in canonical form, or the id of an interface. */
  readonly of: string;
  readonly name: string;
  /** The interface that carries the address; itself for an interface. */
  readonly interfaceId: string;
  /** In which VPC the address means that; empty for what is unique everywhere: ids, public and IPv6 addresses. */
  readonly vpcId: string;
  /** Epoch milliseconds; undefined where its beginning is not known: then it is taken to be before the window. */
  readonly fromMs?: number | undefined;
  /** Epoch milliseconds; undefined for the name of now. */
  readonly toMs?: number | undefined;
}

/** What EC2 says now of the names of an interface and its addresses; none where it has no name. */
export function spansOf(
  networkInterface: NetworkInterface,
  instanceNames?: ReadonlyMap<string, string>,
): readonly NameSpan[] {
  const { id, vpcId, addresses, publicAddresses, attachedAt } = networkInterface;
  const name = interfaceName(networkInterface, instanceNames);
  if (name === undefined) return [];
  const isUnique = (address: string) => address.includes(':') || publicAddresses.includes(address);
  const known = { name, interfaceId: id, fromMs: attachedAt?.getTime() };
  return [
    { ...known, of: id, vpcId: '' },
    ...addresses.map((of) => ({ ...known, of, vpcId: isUnique(of) ? '' : vpcId })),
  ];
}

/** The window of a question, and the VPCs whose flow logs it reads; none where these are not known. */
export interface NamedIn {
  readonly window: Window;
  readonly vpcIds: readonly string[];
}

/**
 * What each address and interface was called in a window, out of all that is known of it at any time. An address that
 * means several interfaces at once, in VPCs that are all or none of those that are read, has no name: it may be another's.
 */
export function namesAt(spans: Iterable<NameSpan>, asked: NamedIn): Names {
  const byKey = new Map<string, NameSpan[]>();
  for (const span of spans) {
    const known = byKey.get(span.of);
    if (known === undefined) byKey.set(span.of, [span]);
    else known.push(span);
  }
  const names = new Map<string, Name>();
  for (const [of, known] of byKey) {
    const name = nameAt(known, asked);
    if (name !== undefined) names.set(of, name);
  }
  return names;
}

/**
 * Who had one address in a window, the earliest first; of those that have it since after the window, the first. None where
 * nothing is known, and where it means interfaces of several VPCs.
 */
export function holdersAt(spans: readonly NameSpan[], { window, vpcIds }: NamedIn): readonly NameSpan[] {
  const own = ownSpans(spans, vpcIds);
  const candidates = own.length > 0 ? own : spans;
  const [vpc, ...otherVpcs] = new Set(candidates.filter(isNotOver(window)).map(({ vpcId }) => vpcId));
  if (otherVpcs.length > 0) return [];
  const meant = candidates.filter(({ vpcId }) => vpcId === vpc);
  return oneEach(decisive(heldInTurn(meant), window));
}

/** What is in the VPCs that are read, or has the same meaning everywhere. */
function ownSpans(spans: readonly NameSpan[], vpcIds: readonly string[]): readonly NameSpan[] {
  return spans.filter(({ vpcId }) => vpcId === '' || vpcIds.includes(vpcId));
}

function nameAt(spans: readonly NameSpan[], asked: NamedIn): Name | undefined {
  const { window, vpcIds } = asked;
  const [first, ...others] = holdersAt(spans, asked);
  const last = others.at(-1) ?? first;
  if (first === undefined || last === undefined) return undefined;
  const isElsewhere = vpcIds.length > 0 && ownSpans(spans, vpcIds).length === 0;
  const write = ({ name, vpcId }: NameSpan) =>
    isElsewhere ? `${inOneLine(name)} in ${vpcId}` : inOneLine(name);
  const isOfThen = last.fromMs === undefined || last.fromMs <= window.from.getTime();
  return {
    name: write(last),
    from: 'EC2',
    since: isOfThen ? undefined : new Date(last.fromMs),
    ...(!isOfThen && { windowEnd: window.to }),
    ...(!isOfThen && first.name !== last.name && { before: write(first) }),
  };
}

/**
 * EC2 says since when an interface is attached, not since when it has a name or an address: what holds now began no
 * earlier than anything else that is known to have ended.
 */
function heldInTurn(spans: readonly NameSpan[]): readonly NameSpan[] {
  return spans.map((span) => {
    if (span.toMs !== undefined) return span;
    const ends = spans.flatMap(({ name, interfaceId, toMs }) =>
      toMs === undefined || (name === span.name && interfaceId === span.interfaceId) ? [] : [toMs],
    );
    return ends.length === 0 ? span : { ...span, fromMs: Math.max(span.fromMs ?? 0, ...ends) };
  });
}

function isNotOver({ from }: Window) {
  return ({ toMs }: NameSpan) => toMs === undefined || toMs > from.getTime();
}

/** Those that held within the window, or where there is none the earliest of those that hold now. */
function decisive(spans: readonly NameSpan[], window: Window): readonly NameSpan[] {
  const sorted = spans.toSorted(
    (a, b) =>
      (a.fromMs ?? 0) - (b.fromMs ?? 0) ||
      (`${a.interfaceId} ${a.name}` < `${b.interfaceId} ${b.name}` ? -1 : 1),
  );
  const within = sorted.filter(isNotOver(window)).filter(({ fromMs = 0 }) => fromMs < window.to.getTime());
  return within.length > 0 ? within : sorted.filter(({ toMs }) => toMs === undefined).slice(0, 1);
}

/** Neighbours that say the same, as EC2 does of what was written down before, as one. */
function oneEach(spans: readonly NameSpan[]): readonly NameSpan[] {
  return spans.filter(({ name, interfaceId }, index) => {
    const before = spans[index - 1];
    return before === undefined || before.name !== name || before.interfaceId !== interfaceId;
  });
}
