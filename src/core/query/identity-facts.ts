import type { Carrier } from '../lake/identity-lookup.ts';
import { serviceBehind } from '../lake/interface-name.ts';
import type { NameSpan } from '../lake/names.ts';
import type { ResourceTag } from '../lake/network.ts';
import { inOneLine } from '../wording.ts';
import { type Fact, type Link, type Phrase, phrase } from './finding.ts';
import { consoleUrl, listed, withName } from './rules/rule-words.ts';

/** What EC2 says of an interface that carries an address, a line each, what an engineer asks first at the top. */
export function carrierFacts(
  carrier: Carrier,
  address: string,
  before: NameSpan | undefined,
): readonly Fact[] {
  const { networkInterface } = carrier;
  const { securityGroups } = networkInterface;
  const facts: readonly (readonly [label: string, value: Phrase])[] = [
    ['Owner', [ownerTags(carrier)]],
    ['Service', [serviceBehind(networkInterface) ?? '']],
    ['Instance', [instanceOf(carrier)]],
    ['Interface', interfaceOf(carrier)],
    ['Before', before === undefined ? [] : formerHolder(before)],
    ['Other addresses', otherAddresses(carrier, address)],
    ['Subnet', [subnetOf(carrier)]],
    ['Security groups', [listed(securityGroups.map(({ id, name }) => withName(id, name)))]],
    ['Network ACL', [aclOf(carrier)]],
    ['Route table', [routeTableOf(carrier)]],
  ];
  return facts
    .filter(([, value]) => value.some((part) => part !== ''))
    .map(([label, value]) => ({ label, value }));
}

/** The pages of the instance and of the interface in the console. */
export function carrierLinks({ region, networkInterface: { id, instanceId } }: Carrier): readonly Link[] {
  const pages = [
    ['Instance in the console', instanceId],
    ['Network interface in the console', id],
  ] as const;
  return pages.flatMap(([label, of]) => {
    const url = of === undefined ? undefined : consoleUrl(of, region);
    return url === undefined ? [] : [{ label, url }];
  });
}

/** Keys of tags that say whom to ask, or what a thing is a part of, without signs between words, in lower case. */
const OWNER_KEYS: ReadonlySet<string> = new Set(
  (
    'team owner owners ownedby contact email squad department maintainer maintainedby responsible oncall slack ' +
    'slackchannel pager service app application component project product system stack environment env stage costcenter'
  ).split(' '),
);
const MOST_TAGS = 8;
const LONGEST_TAG = 40;

/** `team=storefront, service=shop`: those of the instance first; each key once. */
function ownerTags({ tags, networkInterface: { id, instanceId } }: Carrier): string {
  const isOwner = ({ key }: ResourceTag) => OWNER_KEYS.has(key.toLowerCase().replace(/[^a-z]/g, ''));
  const ofThe = (resource: string | undefined) => tags.filter((tag) => tag.id === resource && isOwner(tag));
  const byKey = new Map([...ofThe(id), ...ofThe(instanceId)].map(({ key, value }) => [key, value]));
  return [...byKey]
    .slice(0, MOST_TAGS)
    .map(([key, value]) => `${inOneLine(key, LONGEST_TAG)}=${inOneLine(value, LONGEST_TAG)}`)
    .join(', ');
}

function nameIn(tags: readonly ResourceTag[], id: string): string {
  return tags.find((tag) => tag.id === id && tag.key === 'Name')?.value ?? '';
}

function instanceOf({ tags, networkInterface: { instanceId } }: Carrier): string {
  return instanceId === undefined ? '' : withName(instanceId, nameIn(tags, instanceId));
}

function interfaceOf({ networkInterface }: Carrier): Phrase {
  const { id, interfaceType, attachedAt, description } = networkInterface;
  const type = interfaceType === '' || interfaceType === 'interface' ? '' : `, ${inOneLine(interfaceType)}`;
  const attached = attachedAt === undefined ? '' : phrase`, attached since ${{ at: attachedAt }}`;
  const says = description === '' ? '' : `, described as ${inOneLine(description)}`;
  return phrase`${id}${type}${attached}${says}`;
}

function formerHolder({ name, interfaceId, toMs }: NameSpan): Phrase {
  const until = toMs === undefined ? '' : phrase` until ${{ at: new Date(toMs) }}`;
  return phrase`${withName(interfaceId, name)}${until}`;
}

const MOST_ADDRESSES = 5;

/** Written without their names, which are those of the address itself. */
function otherAddresses({ networkInterface: { addresses } }: Carrier, address: string): Phrase {
  const others = addresses.filter((each) => each !== address);
  const more = others.length - MOST_ADDRESSES;
  return [`${others.slice(0, MOST_ADDRESSES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}

function subnetOf({ account, region, tags, networkInterface, rules }: Carrier): string {
  const { subnetId, zone, vpcId } = networkInterface;
  const name = rules.subnets?.find(({ id }) => id === subnetId)?.name;
  const where = [zone, `VPC ${withName(vpcId, nameIn(tags, vpcId))}`, `account ${account}`, region];
  return [withName(subnetId, name), ...where.filter((each) => each !== '')].join(', ');
}

function aclOf({ networkInterface: { subnetId }, rules: { networkAcls = [] } }: Carrier): string {
  const acl = networkAcls.find(({ subnetIds }) => subnetIds.includes(subnetId));
  return acl === undefined ? '' : withName(acl.id, acl.name);
}

/** A subnet without one of its own has the main one of its VPC. */
function routeTableOf({ networkInterface, rules: { routeTables = [] } }: Carrier): string {
  const { subnetId, vpcId } = networkInterface;
  const own = routeTables.find(({ subnetIds }) => subnetIds.includes(subnetId));
  const table = own ?? routeTables.find((each) => each.isMain && each.vpcId === vpcId);
  return table === undefined ? '' : withName(table.id, table.name);
}
