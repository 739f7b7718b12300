import { blockHolds } from '../../flow-log/addresses.ts';
import { type AclEntry, LAST_ACL_ENTRY, type NetworkAcl } from '../../lake/network-rules.ts';
import type { PortRange } from '../../line/network-arguments.ts';
import { anAddress, type Phrase, phrase } from '../finding.ts';
import type { ConversationEnd, Found, OwnEnd, RuleCheck } from './check.ts';
import { type Packets, type Part, partsByRule, showPorts, showTraffic } from './packets.ts';
import { consoleUrl, fromOrTo, listed, showRule, withName } from './rule-words.ts';

/** Which packets a network ACL is asked about, at the border of whose subnet, and who is at the other end. */
interface Asked {
  readonly end: OwnEnd;
  readonly other: ConversationEnd;
  readonly direction: RuleCheck['direction'];
  readonly isReply: boolean;
  readonly packets: Packets;
}

/** Asks the network ACL of a subnet: the first entry that fits decides, and what none fits is denied. */
export function checkNetworkAcl(asked: Asked): Found {
  const { networkInterface, rules } = asked.end.ours;
  const { subnetId } = networkInterface;
  const acl = rules.networkAcls?.find(({ subnetIds }) => subnetIds.includes(subnetId));
  if (acl === undefined) {
    const why = rules.networkAcls === undefined ? ': ec2:DescribeNetworkAcls is denied' : '';
    const sentence = phrase`what the network ACL of ${subnetId} says is not known${why}`;
    return { verdict: 'unknown', sentence, consoleUrl: undefined };
  }
  const entries = acl[asked.direction].filter(({ block }) => blockHolds(block, asked.other.address));
  const parts = partsByRule(asked.packets, entries);
  return { ...decide(acl, parts, asked), consoleUrl: consoleUrl(acl.id, rules.region) };
}

function decide(
  acl: NetworkAcl,
  parts: readonly Part<AclEntry>[],
  asked: Asked,
): Pick<Found, 'verdict' | 'sentence'> {
  const open = parts.filter(({ rule }) => rule?.action === 'allow');
  const closed = parts.filter(({ rule }) => rule?.action !== 'allow');
  if (closed.length === 0) return { verdict: 'allowed', sentence: saying(acl, open, asked) };
  if (open.length === 0) return { verdict: 'denied', sentence: denying(acl, closed, asked) };
  const ports = (some: readonly Part<AclEntry>[]) => some.flatMap((part) => part.ports ?? []);
  return { verdict: 'partly', sentence: partly(acl, ports(open), closed, asked) };
}

/** `rule 100 of acl-0c3 denies tcp 5432 from 10.0.12.0/24`; several rules together, for what they decide. */
function saying(
  acl: NetworkAcl,
  parts: readonly Part<AclEntry>[],
  { direction, packets, other }: Asked,
): Phrase {
  const rules = [...new Set(parts.map(({ rule }) => rule))].flatMap((rule) => rule ?? []);
  const name = withName(acl.id, acl.name);
  const side = fromOrTo(direction);
  const [only] = rules;
  if (only !== undefined && rules.length === 1) {
    const verb = only.action === 'allow' ? 'allows' : 'denies';
    return phrase`rule ${numberOf(only)} of ${name} ${verb} ${showRule(only.traffic)} ${side} ${anAddress(only.block)}`;
  }
  const verb = only?.action === 'allow' ? 'allow' : 'deny';
  const what = phrase`${showTraffic(packets)} ${side} ${anAddress(other.address)}`;
  return phrase`rules ${listed(rules.map(numberOf))} of ${name} ${verb} ${what}`;
}

function denying(acl: NetworkAcl, closed: readonly Part<AclEntry>[], asked: Asked): Phrase {
  const { direction, packets, other, isReply } = asked;
  const replies = isReply ? phrase`, which replies need` : [];
  if (!closed.every(({ rule }) => isLast(rule))) return phrase`${saying(acl, closed, asked)}${replies}`;
  const what = phrase`${showTraffic(packets)} ${fromOrTo(direction)} ${anAddress(other.address)}`;
  return phrase`no ${direction} rule of ${withName(acl.id, acl.name)} allows ${what}${replies}`;
}

/**
 * Which ports clients take for themselves. Of Linux it is the default of `ip_local_port_range`.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html#nacl-ephemeral-ports
 */
const WHO_USES_WHICH =
  'Linux clients use 32768-60999, NAT gateways, load balancers and Lambda 1024-65535, Windows 49152-65535';

function partly(
  acl: NetworkAcl,
  open: readonly PortRange[],
  closed: readonly Part<AclEntry>[],
  { direction, packets, other, isReply }: Asked,
): Phrase {
  const name = withName(acl.id, acl.name);
  const numbers = [...new Set(closed.map(({ rule }) => numberOf(rule)))];
  const refused = showPorts(closed.flatMap(({ ports }) => ports ?? []));
  const deny = numbers.length === 1 ? `rule ${numbers[0]} denies` : `rules ${listed(numbers)} deny`;
  const what = phrase`${showTraffic(packets)} ${fromOrTo(direction)} ${anAddress(other.address)}`;
  const who = isReply ? `; ${WHO_USES_WHICH}` : '';
  return phrase`of ${what}, ${name} allows only the ports ${showPorts(open)}; ${deny} ${refused}${who}`;
}

function isLast(entry: AclEntry | undefined): boolean {
  return entry === undefined || entry.number >= LAST_ACL_ENTRY;
}

/** As the console writes it. */
function numberOf(entry: AclEntry | undefined): string {
  return entry === undefined || isLast(entry) ? '*' : String(entry.number);
}
