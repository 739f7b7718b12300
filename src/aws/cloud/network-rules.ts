import type { EC2, Filter } from '@aws-sdk/client-ec2';
import { CloudError } from '../../core/lake/cloud.ts';
import type { NetworkInterface } from '../../core/lake/network.ts';
import type { NetworkRules, SecurityGroup } from '../../core/lake/network-rules.ts';
import { callAws } from '../call.ts';
import { type Conditions, filtersOfCalls } from './ec2.ts';
import { allPages, type ListingPage } from './pages.ts';
import { readNetworkAcl, readRouteTable, readSecurityGroup, readSubnet } from './read-rules.ts';

/** How EC2 is asked: with which client, until when, and where what it denies is noted. */
interface Asking {
  readonly ec2: () => Promise<EC2>;
  readonly signal: AbortSignal;
  readonly missing: Set<string>;
}

/** Reads the rules of interfaces of one region. What may not be read is unknown, and does not keep the rest from it. */
export async function describeRules(
  ec2: () => Promise<EC2>,
  region: string,
  interfaces: readonly NetworkInterface[],
  signal: AbortSignal,
): Promise<NetworkRules> {
  const asking: Asking = { ec2, signal, missing: new Set() };
  const vpcIds = [...new Set(interfaces.map(({ vpcId }) => vpcId))];
  const subnetIds = [...new Set(interfaces.map(({ subnetId }) => subnetId))];
  const attached = interfaces.flatMap(({ securityGroups }) => securityGroups.map(({ id }) => id));
  const [securityGroups, networkAcls, routeTables, subnets] = await Promise.all([
    securityGroupsOf(asking, vpcIds, attached),
    networkAclsOf(asking, subnetIds),
    routeTablesOf(asking, vpcIds),
    subnetsOf(asking, subnetIds),
  ]);
  const known = { securityGroups, networkAcls, routeTables, subnets };
  const prefixLists = await prefixListsOf(asking, prefixListIds(known));
  return { region, ...known, prefixLists, missing: [...asking.missing].toSorted() };
}

/** What a call gives; undefined where it is denied, which is noted, or where what it is about is gone by now. */
async function whereAllowed<T>(
  { signal, missing }: Asking,
  call: string,
  send: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await callAws(call, signal, send);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    if (error.code === 'not-found') return undefined;
    if (error.code !== 'denied') throw error;
    missing.add(call);
    return undefined;
  }
}

/** The way to one page of a listing. */
type AskPage<T> = (ec2: EC2, Filters: Filter[], NextToken: string | undefined) => Promise<ListingPage<T>>;

/** All that matches, from all pages of as many calls as the conditions need; undefined where it is denied. */
async function listed<T>(
  asking: Asking,
  call: string,
  conditions: Conditions,
  page: AskPage<T>,
): Promise<readonly T[] | undefined> {
  const found = await Promise.all(
    filtersOfCalls(conditions).map((filters) =>
      whereAllowed(asking, call, () =>
        allPages(async (token) => page(await asking.ec2(), [...filters], token)),
      ),
    ),
  );
  return found.includes(undefined) ? undefined : found.flatMap((items) => items ?? []);
}

/** Those of the VPCs, and those that are attached though they belong to another VPC, which EC2 lets groups do. */
async function securityGroupsOf(
  asking: Asking,
  vpcIds: readonly string[],
  attached: readonly string[],
): Promise<readonly SecurityGroup[] | undefined> {
  const ofVpcs = await securityGroupsWhere(asking, { 'vpc-id': vpcIds });
  if (ofVpcs === undefined) return undefined;
  const known = new Set(ofVpcs.map(({ id }) => id));
  const others = [...new Set(attached)].filter((id) => !known.has(id));
  return [...ofVpcs, ...((await securityGroupsWhere(asking, { 'group-id': others })) ?? [])];
}

async function securityGroupsWhere(asking: Asking, conditions: Conditions) {
  const found = await listed(
    asking,
    'ec2:DescribeSecurityGroups',
    conditions,
    async (ec2, Filters, token) => {
      const request = { Filters, ...(token !== undefined && { NextToken: token }) };
      const page = await ec2.describeSecurityGroups(request, { abortSignal: asking.signal });
      return { items: page.SecurityGroups ?? [], next: page.NextToken };
    },
  );
  return found?.map(readSecurityGroup);
}

async function networkAclsOf(asking: Asking, subnetIds: readonly string[]) {
  const conditions = { 'association.subnet-id': subnetIds };
  const found = await listed(asking, 'ec2:DescribeNetworkAcls', conditions, async (ec2, Filters, token) => {
    const request = { Filters, ...(token !== undefined && { NextToken: token }) };
    const page = await ec2.describeNetworkAcls(request, { abortSignal: asking.signal });
    return { items: page.NetworkAcls ?? [], next: page.NextToken };
  });
  return found?.map(readNetworkAcl);
}

/** All of the VPCs: which one a subnet without one of its own has is known by the main one alone. */
async function routeTablesOf(asking: Asking, vpcIds: readonly string[]) {
  const conditions = { 'vpc-id': vpcIds };
  const found = await listed(asking, 'ec2:DescribeRouteTables', conditions, async (ec2, Filters, token) => {
    const request = { Filters, ...(token !== undefined && { NextToken: token }) };
    const page = await ec2.describeRouteTables(request, { abortSignal: asking.signal });
    return { items: page.RouteTables ?? [], next: page.NextToken };
  });
  return found?.map(readRouteTable);
}

async function subnetsOf(asking: Asking, subnetIds: readonly string[]) {
  const conditions = { 'subnet-id': subnetIds };
  const found = await listed(asking, 'ec2:DescribeSubnets', conditions, async (ec2, Filters, token) => {
    const request = { Filters, ...(token !== undefined && { NextToken: token }) };
    const page = await ec2.describeSubnets(request, { abortSignal: asking.signal });
    return { items: page.Subnets ?? [], next: page.NextToken };
  });
  return found?.map(readSubnet);
}

function prefixListIds({
  securityGroups = [],
  routeTables = [],
}: Pick<NetworkRules, 'securityGroups' | 'routeTables'>): readonly string[] {
  const inRules = securityGroups
    .flatMap(({ inbound, outbound }) => [...inbound, ...outbound])
    .flatMap(({ peer }) => (peer.kind === 'prefix-list' ? peer.id : []));
  const inRoutes = routeTables
    .flatMap(({ routes }) => routes)
    .flatMap(({ destination }) => (destination.startsWith('pl-') ? destination : []));
  return [...new Set([...inRules, ...inRoutes])];
}

/** The blocks of each list that may be read; EC2 gives the entries of one list a call. */
async function prefixListsOf(
  asking: Asking,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await Promise.all(ids.map(async (id) => [id, await entriesOf(asking, id)] as const));
  return new Map(found.flatMap(([id, blocks]) => (blocks === undefined ? [] : [[id, blocks] as const])));
}

async function entriesOf(asking: Asking, PrefixListId: string): Promise<readonly string[] | undefined> {
  const entries = await whereAllowed(asking, 'ec2:GetManagedPrefixListEntries', () =>
    allPages(async (token) => {
      const request = { PrefixListId, ...(token !== undefined && { NextToken: token }) };
      const page = await (await asking.ec2()).getManagedPrefixListEntries(request, {
        abortSignal: asking.signal,
      });
      return { items: page.Entries ?? [], next: page.NextToken };
    }),
  );
  return entries?.flatMap(({ Cidr }) => Cidr ?? []);
}
