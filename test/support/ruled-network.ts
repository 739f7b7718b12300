import type { NetworkInterface } from '../../src/core/lake/network.ts';
import type {
  AclEntry,
  NetworkAcl,
  NetworkRules,
  Route,
  RouteTable,
  RuleTraffic,
  SecurityGroup,
  SecurityGroupRule,
} from '../../src/core/lake/network-rules.ts';
import { evaluateRules, type RuleEvaluation } from '../../src/core/query/evaluate-rules.ts';
import type { RuleCheck, RuledConversation } from '../../src/core/query/rules/check.ts';
import { anInterface } from './an-interface.ts';
import { textOf } from './text-of.ts';

export const ALL: RuleTraffic = { protocol: undefined, ports: undefined, icmp: undefined };
const OWNER = '123456789012';

/** TCP to a port or some ports. */
export function tcp(from: number, to = from): RuleTraffic {
  return { protocol: 6, ports: { from, to }, icmp: undefined };
}

/** A rule of a security group: by a block, by a group (`sg-…`, of the own account) or by a prefix list (`pl-…`). */
export function rule(traffic: RuleTraffic, peer: string): SecurityGroupRule {
  if (peer.startsWith('sg-')) return { traffic, peer: { kind: 'group', id: peer, account: OWNER } };
  return {
    traffic,
    peer: peer.startsWith('pl-') ? { kind: 'prefix-list', id: peer } : { kind: 'block', block: peer },
  };
}

/** A security group that lets everything out and nothing in. */
export function aGroup(id: string, name: string, differences: Partial<SecurityGroup> = {}): SecurityGroup {
  const outbound = [rule(ALL, '0.0.0.0/0'), rule(ALL, '::/0')];
  return { id, name, vpcId: 'vpc-1', inbound: [], outbound, ...differences };
}

export function entry(number: number, action: AclEntry['action'], block: string, traffic = ALL): AclEntry {
  return { number, action, traffic, block };
}

/** The entries that EC2 puts last. */
export const LAST = [entry(32_767, 'deny', '0.0.0.0/0'), entry(32_768, 'deny', '::/0')];
const OPEN = [entry(100, 'allow', '0.0.0.0/0'), entry(101, 'allow', '::/0'), ...LAST];

/** A network ACL that lets everything through. */
export function anAcl(id: string, subnetId: string, differences: Partial<NetworkAcl> = {}): NetworkAcl {
  return { id, name: '', subnetIds: [subnetId], inbound: OPEN, outbound: OPEN, ...differences };
}

/** A route by what it leads to. */
export function route(destination: string, target: Route['target'], targetId: string): Route {
  return { destination, target, targetId, isBlackhole: false, isPropagated: false };
}

/** A route table with the route of the VPC itself. */
export function aTable(id: string, subnetIds: readonly string[], more: readonly Route[] = []): RouteTable {
  const routes = [route('10.0.0.0/16', 'local', 'local'), route('2001:db8::/32', 'local', 'local'), ...more];
  return { id, name: '', vpcId: 'vpc-1', isMain: subnetIds.length === 0, subnetIds, routes };
}

/** The client of the tests: app-1 at 10.0.11.41 in subnet-app with the group `app`. */
export const APP = anInterface({
  id: 'eni-0c1',
  subnetId: 'subnet-app',
  addresses: ['10.0.11.41', '2001:db8:11::41'],
  securityGroups: [{ id: 'sg-0c3', name: 'app' }],
});

/** The server of the tests: db-1 at 10.0.21.31 in subnet-db with the group `db`, which lets `app` in on 5432. */
export const DB = anInterface({
  id: 'eni-0d1',
  subnetId: 'subnet-db',
  addresses: ['10.0.21.31', '2001:db8:21::31'],
  securityGroups: [{ id: 'sg-0a1', name: 'db' }],
});

/** Rules that allow the conversation of the tests, but for what is said. */
export function rulesWith(differences: Partial<NetworkRules> = {}): NetworkRules {
  return {
    region: 'eu-central-1',
    securityGroups: [
      aGroup('sg-0a1', 'db', { inbound: [rule(tcp(5432), 'sg-0c3')] }),
      aGroup('sg-0c3', 'app'),
    ],
    networkAcls: [anAcl('acl-0a1', 'subnet-app'), anAcl('acl-0d1', 'subnet-db')],
    routeTables: [aTable('rtb-0a1', ['subnet-app']), aTable('rtb-0d1', ['subnet-db'])],
    subnets: [
      { id: 'subnet-app', name: 'app', blocks: ['10.0.11.0/24', '2001:db8:11::/64'] },
      { id: 'subnet-db', name: '', blocks: ['10.0.21.0/24', '2001:db8:21::/64'] },
    ],
    prefixLists: new Map(),
    missing: [],
    ...differences,
  };
}

/** Whose conversation: app-1 to db-1 on 5432 unless said otherwise; an address alone has no interface here. */
export interface Asked extends Partial<Pick<RuledConversation, 'protocol' | 'port' | 'clientPorts'>> {
  readonly client?: NetworkInterface | string;
  readonly server?: NetworkInterface | string;
}

/** Evaluates rules that differ from those that allow everything. */
export function evaluated(differences: Partial<NetworkRules> = {}, asked: Asked = {}): RuleEvaluation {
  const { client = APP, server = DB, ...rest } = asked;
  const rules = rulesWith(differences);
  const end = (at: NetworkInterface | string) =>
    typeof at === 'string'
      ? { address: at, ours: undefined }
      : { address: at.addresses[0] ?? '', ours: { networkInterface: at, rules } };
  return evaluateRules({ protocol: 6, port: 5432, ...rest, client: end(client), server: end(server) });
}

/** The verdict and the sentence of the check at one place; undefined where there is no such check. */
export function found(
  { checks }: RuleEvaluation,
  where: RuleCheck['where'],
  kind: RuleCheck['kind'],
  direction: RuleCheck['direction'],
): readonly [RuleCheck['verdict'], string] | undefined {
  const check = checks.find(
    (each) => each.where === where && each.kind === kind && each.direction === direction,
  );
  return check && [check.verdict, textOf(check.sentence)];
}
