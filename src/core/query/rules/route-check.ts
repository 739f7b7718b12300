import { blockHolds, isInternal, prefixBits } from '../../flow-log/addresses.ts';
import type { NetworkRules, Route, RouteTable, RouteTarget } from '../../lake/network-rules.ts';
import { anAddress, type Phrase, phrase } from '../finding.ts';
import type { ConversationEnd, Found, OwnEnd } from './check.ts';
import { consoleUrl, withName } from './rule-words.ts';

/** From whose subnet packets go, and to whom. */
interface Asked {
  readonly end: OwnEnd;
  readonly other: ConversationEnd;
  readonly isReply: boolean;
}

/** Looks up the route from the subnet of an interface to an address: of those that hold it, the longest prefix. */
export function checkRoute(asked: Asked): Found {
  const { networkInterface, rules } = asked.end.ours;
  const { subnetId, vpcId } = networkInterface;
  const table = tableOf(rules, subnetId, vpcId);
  if (table === undefined) {
    const why = rules.routeTables === undefined ? ': ec2:DescribeRouteTables is denied' : '';
    const sentence = phrase`what the route table of ${subnetId} says is not known${why}`;
    return { verdict: 'unknown', sentence, consoleUrl: undefined };
  }
  return { ...decide(table, asked), consoleUrl: consoleUrl(table.id, rules.region) };
}

/** The table of a subnet; the main one of the VPC where the subnet has none of its own. */
function tableOf({ routeTables }: NetworkRules, subnetId: string, vpcId: string): RouteTable | undefined {
  return (
    routeTables?.find(({ subnetIds }) => subnetIds.includes(subnetId)) ??
    routeTables?.find((table) => table.isMain && table.vpcId === vpcId)
  );
}

function decide(table: RouteTable, asked: Asked): Omit<Found, 'consoleUrl'> {
  const { end, other } = asked;
  const { rules, networkInterface } = end.ours;
  const route = routeTo(other.address, table, rules);
  const to = anAddress(other.address);
  if (route === undefined) {
    const subnet = rules.subnets?.find(({ id }) => id === networkInterface.subnetId);
    const where = `${withName(table.id, table.name)} of ${withName(networkInterface.subnetId, subnet?.name)}`;
    const unread = table.routes.find(({ destination }) => blocksOf(destination, rules) === undefined);
    if (unread === undefined) return { verdict: 'denied', sentence: phrase`${where} has no route to ${to}` };
    const sentence = phrase`${where} has a route to ${to} only if ${unread.destination} holds it, which is not known`;
    return { verdict: 'unknown', sentence };
  }
  const obstacle = route.isBlackhole ? 'which is a blackhole' : OBSTACLES[route.target]?.(asked);
  if (obstacle !== undefined)
    return { verdict: 'denied', sentence: phrase`${leading(route, table)}, ${obstacle}` };
  const through = WITH_RULES.includes(route.target) ? route.targetId : undefined;
  return { verdict: 'allowed', sentence: leading(route, table), through };
}

function leading({ destination, target, targetId }: Route, table: RouteTable): Phrase {
  const to = destination.startsWith('pl-') ? destination : anAddress(destination);
  const where = phrase`the route to ${to} in ${withName(table.id, table.name)}`;
  return target === 'local' ? phrase`${where} is local` : phrase`${where} goes to ${targetId}`;
}

/** What has rules and routes of its own, which decide further. */
const WITH_RULES: readonly RouteTarget[] = [
  'nat-gateway',
  'vpn-gateway',
  'transit-gateway',
  'endpoint',
  'interface',
  'other',
];

/** Why packets do not get through what a route leads to; undefined where they do. */
const OBSTACLES: Partial<Record<RouteTarget, (asked: Asked) => Phrase | undefined>> = {
  'internet-gateway'({ end, other }) {
    if (isInternal(other.address)) return ['which carries no packets to private addresses'];
    if (end.address.includes(':') || end.ours.networkInterface.publicAddresses.length > 0) return undefined;
    return phrase`for which ${anAddress(end.address)} needs a public address, and has none`;
  },
  'nat-gateway': ({ isReply }) =>
    isReply ? ['which carries no replies to connections from outside'] : undefined,
  'egress-only-gateway': ({ isReply }) =>
    isReply ? ['which carries no replies to connections from outside'] : undefined,
};

/** The blocks that a route is about; undefined for a prefix list that was not read. */
function blocksOf(destination: string, { prefixLists }: NetworkRules): readonly string[] | undefined {
  return destination.startsWith('pl-') ? prefixLists.get(destination) : [destination];
}

/**
 * The route that decides. A prefix list that was not read is left out: AWS's own lead to endpoints, which only take a
 * shorter way to where the other route leads too.
 */
function routeTo(address: string, table: RouteTable, rules: NetworkRules): Route | undefined {
  const holding = table.routes.flatMap((route) =>
    (blocksOf(route.destination, rules) ?? [])
      .filter((block) => blockHolds(block, address))
      .map((block) => ({ route, bits: prefixBits(block) })),
  );
  const [first] = holding.toSorted((a, b) => b.bits - a.bits || rank(a.route) - rank(b.route));
  return first?.route;
}

/**
 * Which of two routes to one block counts: local, written, of a prefix list, propagated.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
function rank({ target, destination, isPropagated }: Route): number {
  if (target === 'local') return 0;
  if (isPropagated) return 3;
  return destination.startsWith('pl-') ? 2 : 1;
}
