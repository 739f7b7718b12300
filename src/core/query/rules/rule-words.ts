import { arnPartition } from '../../flow-log/object-key.ts';
import type { RulePeer, RuleTraffic, SecurityGroup } from '../../lake/network-rules.ts';
import { inOneLine } from '../../wording.ts';
import { anAddress, type PhrasePart } from '../finding.ts';
import { showTraffic } from './packets.ts';

/** `sg-0a1 (db)`; the id alone of what has no name. */
export function withName(id: string, name = ''): string {
  return name === '' ? id : `${id} (${inOneLine(name)})`;
}

/** `a`, `a and b`, `a, b and c`; with `or` where that is the word. */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** Whom a rule of a security group is about. */
export function showPeer(peer: RulePeer, groups: readonly SecurityGroup[]): PhrasePart {
  if (peer.kind === 'block') return anAddress(peer.block);
  return peer.kind === 'group' ? withName(peer.id, groups.find(({ id }) => id === peer.id)?.name) : peer.id;
}

/** The packets that a rule is about. */
export function showRule({ protocol, ports, icmp }: RuleTraffic): string {
  return showTraffic({ protocol, ports, icmpType: icmp?.type });
}

/** Which side of a packet the other end is on. */
export function fromOrTo(direction: 'inbound' | 'outbound'): 'from' | 'to' {
  return direction === 'inbound' ? 'from' : 'to';
}

/** The hosts of AWS's console, by ARN partition. */
const CONSOLES = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
} as const;

/** Pages of the VPC console and of the EC2 console, by the prefixes of ids. */
const PAGES: Readonly<Record<string, readonly [console: 'vpc' | 'ec2', page: string]>> = {
  sg: ['vpc', 'SecurityGroup:groupId'],
  acl: ['vpc', 'NetworkAclDetails:networkAclId'],
  rtb: ['vpc', 'RouteTableDetails:RouteTableId'],
  i: ['ec2', 'InstanceDetails:instanceId'],
  eni: ['ec2', 'NetworkInterface:networkInterfaceId'],
};

/**
 * The page of a security group, network ACL, route table, instance or network interface in the console; undefined for any
 * other id.
 */
export function consoleUrl(id: string, region: string): string | undefined {
  const [console, page] = PAGES[id.split('-')[0] ?? ''] ?? [];
  if (console === undefined) return undefined;
  return `https://${region}.${CONSOLES[arnPartition(region)]}/${console}/home?region=${region}#${page}=${id}`;
}
