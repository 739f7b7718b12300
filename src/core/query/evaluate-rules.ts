import { blockHolds } from '../flow-log/addresses.ts';
import type {
  ConversationEnd,
  Found,
  OwnEnd,
  RuleCheck,
  RuledConversation,
  RuleVerdict,
} from './rules/check.ts';
import { checkNetworkAcl } from './rules/network-acl-check.ts';
import { type Packets, replyPackets, requestPackets } from './rules/packets.ts';
import { checkRoute } from './rules/route-check.ts';
import { checkSecurityGroups } from './rules/security-group-check.ts';

/** What EC2's rules say of one conversation, as they are now. */
export interface RuleEvaluation {
  /** The worst of the checks; `unknown` where there is none, because neither end is ours. */
  readonly verdict: RuleVerdict;
  /** In the order in which packets meet them: first those that the client sends, then those that come back. */
  readonly checks: readonly RuleCheck[];
  /** The first check that is as bad as the verdict; undefined where everything is allowed. */
  readonly deciding: RuleCheck | undefined;
}

/** From the worst: one denial is enough, whatever else is not known. */
const BY_WEIGHT: readonly RuleVerdict[] = ['denied', 'partly', 'unknown'];

/**
 * Evaluates the rules for exactly one conversation. Security groups remember connections, so that replies need no rule
 * of theirs. Within a subnet neither network ACLs nor routes are asked.
 */
export function evaluateRules(conversation: RuledConversation): RuleEvaluation {
  const checks = inOrder(conversation);
  const worst = BY_WEIGHT.find((verdict) => checks.some((check) => check.verdict === verdict));
  return {
    verdict: worst ?? (checks.length === 0 ? 'unknown' : 'allowed'),
    checks,
    deciding: checks.find(({ verdict }) => verdict === worst),
  };
}

/** Where in the way of packets a check is made. */
type Place = Pick<RuleCheck, 'where' | 'kind' | 'direction' | 'isReply'>;

const WAY: readonly Place[] = [
  { where: 'client', kind: 'security group', direction: 'outbound', isReply: false },
  { where: 'client', kind: 'network ACL', direction: 'outbound', isReply: false },
  { where: 'client', kind: 'route', direction: 'outbound', isReply: false },
  { where: 'server', kind: 'network ACL', direction: 'inbound', isReply: false },
  { where: 'server', kind: 'security group', direction: 'inbound', isReply: false },
  { where: 'server', kind: 'network ACL', direction: 'outbound', isReply: true },
  { where: 'server', kind: 'route', direction: 'outbound', isReply: true },
  { where: 'client', kind: 'network ACL', direction: 'inbound', isReply: true },
];

function inOrder(conversation: RuledConversation): readonly RuleCheck[] {
  const { client, server } = conversation;
  const withinSubnet = shareSubnet(client, server);
  return WAY.filter(({ kind }) => kind === 'security group' || !withinSubnet).flatMap((place) => {
    const [end, other] = place.where === 'client' ? [client, server] : [server, client];
    if (!isOurs(end)) return [];
    const packets = place.isReply ? replyPackets(conversation) : requestPackets(conversation);
    const found = check(place, end, other, packets);
    return found === undefined ? [] : [{ ...place, ...found }];
  });
}

function check(place: Place, end: OwnEnd, other: ConversationEnd, packets: Packets): Found | undefined {
  const asked = { ...place, end, other, packets };
  if (place.kind === 'security group') return checkSecurityGroups(asked);
  return place.kind === 'network ACL' ? checkNetworkAcl(asked) : checkRoute(asked);
}

function isOurs(end: ConversationEnd): end is OwnEnd {
  return end.ours !== undefined;
}

/** Whether both ends are in one subnet; an address without an interface is in that whose block holds it. */
function shareSubnet(client: ConversationEnd, server: ConversationEnd): boolean {
  if (!isOurs(client)) return isOurs(server) && isInSubnetOf(client.address, server);
  if (!isOurs(server)) return isInSubnetOf(server.address, client);
  return client.ours.networkInterface.subnetId === server.ours.networkInterface.subnetId;
}

function isInSubnetOf(address: string, { ours: { networkInterface, rules } }: OwnEnd): boolean {
  const subnet = rules.subnets?.find(({ id }) => id === networkInterface.subnetId);
  return subnet?.blocks.some((block) => blockHolds(block, address)) ?? false;
}
