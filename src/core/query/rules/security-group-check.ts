import { blockHolds, isInternal } from '../../flow-log/addresses.ts';
import type { NetworkRules, RulePeer, SecurityGroup, SecurityGroupRule } from '../../lake/network-rules.ts';
import { anAddress, type Phrase, phrase } from '../finding.ts';
import type { ConversationEnd, Found, OwnEnd, RuleCheck } from './check.ts';
import { type Packets, partsByRule, showPorts, showTraffic } from './packets.ts';
import { consoleUrl, fromOrTo, listed, showPeer, showRule, withName } from './rule-words.ts';

/** Which packets a group is asked about, at whose interface, and who is at the other end. */
interface Asked {
  readonly end: OwnEnd;
  readonly other: ConversationEnd;
  readonly direction: RuleCheck['direction'];
  readonly packets: Packets;
}

/** A rule of a group that is about the other end, or may be. */
interface Matching extends SecurityGroupRule {
  readonly group: SecurityGroup;
  readonly isCertain: boolean;
}

/**
 * Asks the groups of an interface. All their rules allow, and one that fits is enough. Undefined for an interface
 * without groups, at which nothing is filtered.
 */
export function checkSecurityGroups(asked: Asked): Found | undefined {
  const { networkInterface, rules } = asked.end.ours;
  const attached = networkInterface.securityGroups;
  if (attached.length === 0) return undefined;
  const groups = attached.flatMap(({ id }) => rules.securityGroups?.find((group) => group.id === id) ?? []);
  const consoleLink = consoleUrl(attached[0]?.id ?? '', rules.region);
  if (groups.length < attached.length && !isAllowedBy(groups, asked))
    return { verdict: 'unknown', sentence: notRead(asked), consoleUrl: consoleLink };
  return { consoleUrl: consoleLink, ...decide(groups, asked) };
}

function notRead({ end, direction, packets }: Asked): Phrase {
  const { networkInterface, rules } = end.ours;
  const names = networkInterface.securityGroups.map(({ id, name }) => withName(id, name));
  const why = rules.securityGroups === undefined ? ': ec2:DescribeSecurityGroups is denied' : '';
  return phrase`whether ${listed(names, 'or')} allows ${showTraffic(packets)} ${direction} is not known${why}`;
}

function decide(groups: readonly SecurityGroup[], asked: Asked): Omit<Found, 'consoleUrl'> & Partial<Found> {
  const { direction, other, packets, end } = asked;
  const parts = partsByRule(packets, matching(groups, asked));
  const deciding = parts.flatMap(({ rule }) => rule ?? []);
  const doubtful = deciding.find(({ isCertain }) => !isCertain);
  const names = groups.map(({ id, name }) => withName(id, name));
  const what = phrase`${showTraffic(packets)} ${fromOrTo(direction)} ${anAddress(other.address)}`;
  if (deciding.length === 0) {
    const sentence = phrase`no ${direction} rule of ${listed(names, 'or')} allows ${what}${whatWould(groups, asked)}`;
    return { verdict: 'denied', sentence };
  }
  if (doubtful !== undefined) {
    const who = showPeer(doubtful.peer, end.ours.rules.securityGroups ?? []);
    const missing = doubtful.peer.kind === 'group' ? 'members' : 'entries';
    const sentence = phrase`whether ${listed(names, 'or')} allows ${what} depends on ${who}, whose ${missing} are not known`;
    return { verdict: 'unknown', sentence };
  }
  const link = consoleUrl(deciding[0]?.group.id ?? '', end.ours.rules.region);
  if (deciding.length < parts.length) {
    const open = parts.flatMap(({ ports, rule }) => (rule === undefined ? [] : (ports ?? [])));
    const sentence = phrase`of ${what}, ${listed(names)} allows only the ports ${showPorts(open)}`;
    return { verdict: 'partly', sentence, consoleUrl: link };
  }
  return { verdict: 'allowed', sentence: allowing(deciding, asked), consoleUrl: link };
}

function allowing(deciding: readonly Matching[], { end, direction }: Asked): Phrase {
  const groups = end.ours.rules.securityGroups ?? [];
  return [...new Set(deciding)].reduce<Phrase>((sentence, { group, traffic, peer }, index) => {
    const and = index === 0 ? '' : ', and ';
    const rule = phrase`${showRule(traffic)} ${fromOrTo(direction)} ${showPeer(peer, groups)}`;
    return phrase`${sentence}${and}${withName(group.id, group.name)} allows ${rule}`;
  }, []);
}

/** The rules of groups that are about the other end. Those that only may be come last: one that is certain is enough. */
function matching(groups: readonly SecurityGroup[], { end, other, direction }: Asked): readonly Matching[] {
  const found = groups.flatMap((group) =>
    group[direction].map((rule) => ({ rule, group, fits: fitsPeer(rule.peer, other, end.ours.rules) })),
  );
  const those = (wanted: Fit) =>
    found.flatMap(({ rule, group, fits }) =>
      fits === wanted ? [{ ...rule, group, isCertain: wanted === 'yes' }] : [],
    );
  return [...those('yes'), ...those('perhaps')];
}

type Fit = 'yes' | 'no' | 'perhaps';

function fitsPeer(peer: RulePeer, other: ConversationEnd, rules: NetworkRules): Fit {
  if (peer.kind === 'group') return carries(other, peer.id, rules);
  const blocks = peer.kind === 'block' ? [peer.block] : rules.prefixLists.get(peer.id);
  if (blocks === undefined) return 'perhaps';
  return blocks.some((block) => blockHolds(block, other.address)) ? 'yes' : 'no';
}

/** Whether an end carries a group. A reference to a group is about the private addresses of its interfaces alone. */
function carries({ address, ours }: ConversationEnd, groupId: string, rules: NetworkRules): Fit {
  if (ours !== undefined) {
    const isPublic = ours.networkInterface.publicAddresses.includes(address);
    return !isPublic && ours.networkInterface.securityGroups.some(({ id }) => id === groupId) ? 'yes' : 'no';
  }
  // A group of these VPCs has members here, where the address is none. One of another VPC may have it in a peered one.
  const isHere = rules.securityGroups?.some(({ id }) => id === groupId) ?? true;
  return isHere || !isInternal(address) ? 'no' : 'perhaps';
}

function isAllowedBy(groups: readonly SecurityGroup[], asked: Asked): boolean {
  const rules = matching(groups, asked).filter(({ isCertain }) => isCertain);
  return partsByRule(asked.packets, rules).every(({ rule }) => rule !== undefined);
}

/** How many groups that would allow it are named; a VPC may have hundreds. */
const MOST_NAMED = 2;

/** Which groups would allow it if they were attached: others to this interface, or those that the rules name to the other. */
function whatWould(groups: readonly SecurityGroup[], asked: Asked): Phrase {
  const { end, other, direction, packets } = asked;
  const known = end.ours.rules.securityGroups ?? [];
  // Nearly every group lets everything out, so that those which would say nothing.
  const others = direction === 'outbound' ? [] : known.filter((group) => !groups.includes(group));
  const unattached = others
    .filter(({ vpcId }) => vpcId === end.ours.networkInterface.vpcId)
    .filter((group) => isAllowedBy([group], asked))
    .map(({ id, name }) => withName(id, name));
  const accepted = groups
    .flatMap((group) => group[direction])
    .filter((rule) => partsByRule(packets, [rule]).every((part) => part.rule !== undefined))
    .flatMap(({ peer }) => (peer.kind === 'group' ? String(showPeer(peer, known)) : []));
  const elsewhere = other.ours === undefined ? [] : [...new Set(accepted)];
  const to = anAddress(other.address);
  return [
    ...(unattached.length === 0
      ? []
      : phrase`; ${few(unattached)} would, and ${areNot(unattached)} attached`),
    ...(elsewhere.length === 0
      ? []
      : phrase`; ${few(elsewhere)} would be allowed, and ${areNot(elsewhere)} attached to ${to}`),
  ];
}

function few(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return listed(more > 0 ? [...names.slice(0, MOST_NAMED), `${more} more`] : names);
}

function areNot(names: readonly string[]): string {
  return names.length === 1 ? 'is not' : 'are not';
}
