import { isInternal } from '../flow-log/addresses.ts';
import type { AddressIdentity, Carrier } from '../lake/identity-lookup.ts';
import { interfaceKind } from '../lake/interface-name.ts';
import type { NameSpan } from '../lake/names.ts';
import type { Window } from '../time/window.ts';
import { inOneLine } from '../wording.ts';
import {
  anAddress,
  type Fact,
  type Finding,
  type Link,
  type Phrase,
  type PhrasePart,
  phrase,
} from './finding.ts';
import { carrierFacts, carrierLinks } from './identity-facts.ts';
import { withName } from './rules/rule-words.ts';

/** What the records at an address's own interface say of it; each `-` where they do not. */
export interface RecordedIdentity {
  /** The interfaces that recorded it as their own, each once. */
  readonly interfaces: readonly string[];
  readonly instance: string;
  readonly subnet: string;
  readonly vpc: string;
  /** Whose public address it is, as AWS writes it: `S3`. */
  readonly awsService: string;
}

/** What an address is, as far as that is known. */
export interface IdentityFound {
  /** The address and what it is, without an end: `db-1 (10.0.21.31) is an RDS database in subnet data-a`. */
  readonly clause: Phrase;
  /** Sentences behind: who had it before, what is not known. */
  readonly behind: Phrase;
  readonly facts: readonly Fact[];
  readonly links: readonly Link[];
  readonly wouldTell: readonly Phrase[];
  readonly certainty: Finding['certainty'];
}

type Said = Pick<IdentityFound, 'clause'> & Partial<IdentityFound>;

/** Says what an address was in a window: by EC2 as it is now, by what was written down before, and by the records. */
export function identityInWords(
  text: string,
  identity: AddressIdentity | undefined,
  recorded: RecordedIdentity,
  window: Window,
): IdentityFound {
  const said = identitySaid(text, identity, recorded, window);
  const missing = identity?.missing ?? [];
  return {
    behind: [],
    links: [],
    certainty: 'proven',
    ...said,
    facts: [...(said.facts ?? []), ...recordedFacts(recorded, identity)],
    wouldTell: [
      ...(said.wouldTell ?? []),
      ...missing.map((call): Phrase => [`The permission ${call} would show more of what it is.`]),
    ],
  };
}

function identitySaid(
  text: string,
  identity: AddressIdentity | undefined,
  recorded: RecordedIdentity,
  window: Window,
): Said {
  const address = anAddress(text);
  const { carriers, holders, missing, asked } = identity ?? NOTHING_ASKED;
  const [carrier, ...others] = carriers;
  if (carrier !== undefined && others.length > 0) return severalCarriers(address, carriers);
  if (carrier !== undefined) return carried(text, carrier, holders, recorded, window);
  const last = holders.at(-1);
  if (last !== undefined) return formerly(address, last);
  if (!isInternal(text)) return outside(address, identity, recorded);
  if (asked === 'late')
    return {
      clause: phrase`What ${address} is was not said by EC2 in time`,
      wouldTell: [['The same question may show what it is.']],
      certainty: 'likely',
    };
  if (asked === 'no EC2')
    return {
      clause: phrase`${address} is known from records alone`,
      behind: [' Nothing else is known of it: over a folder there is no EC2 to ask.'],
    };
  if (missing.length > 0)
    return { clause: phrase`What ${address} is cannot be said: EC2 may not be asked`, certainty: 'likely' };
  return {
    clause: phrase`${address} is an internal address that no network interface here carries now`,
    behind: [' It may be behind a VPN, a peering or a transit gateway, or have been given up.'],
    certainty: 'likely',
  };
}

const NOTHING_ASKED: Pick<AddressIdentity, 'carriers' | 'holders' | 'missing' | 'asked'> = {
  carriers: [],
  holders: [],
  missing: [],
  asked: 'no EC2',
};

function severalCarriers(address: PhrasePart, carriers: readonly Carrier[]): Said {
  return {
    clause: phrase`${address} is carried by ${carriers.length} network interfaces, in networks that use the same addresses`,
    facts: carriers.map(({ networkInterface, account, region }) => ({
      label: networkInterface.vpcId,
      value: phrase`${{ networkInterface: networkInterface.id }}, ${interfaceKind(networkInterface)}, account ${account}, ${region}`,
    })),
    wouldTell: [['With vpc= the question is about one of them.']],
    certainty: 'likely',
  };
}

/** One interface carries it now: whether it did so in the window decides what is said of then. */
function carried(
  text: string,
  carrier: Carrier,
  holders: readonly NameSpan[],
  recorded: RecordedIdentity,
  window: Window,
): Said {
  const { id, attachedAt } = carrier.networkInterface;
  const address = anAddress(text);
  const own = holders.find(({ interfaceId }) => interfaceId === id);
  const before = holders.find(({ interfaceId }) => interfaceId !== id);
  const sinceMs = own?.fromMs ?? attachedAt?.getTime();
  const what = phrase`${interfaceKind(carrier.networkInterface)}${inSubnet(carrier)}`;
  const known = {
    facts: carrierFacts(carrier, text, before),
    links: carrierLinks(carrier),
    ...ofPublicAddress(text, carrier),
  };
  // Addresses move between interfaces, and EC2 knows only who has one now.
  if (recorded.interfaces.length > 0 && !recorded.interfaces.includes(id))
    return {
      ...known,
      clause: phrase`${address} is ${what} now, and in this time it was another interface, ${listed(recorded.interfaces)}`,
      certainty: 'likely',
    };
  if (own !== undefined && (sinceMs === undefined || sinceMs <= window.from.getTime()))
    return { ...known, clause: phrase`${address} is ${what}` };
  const since = sinceMs === undefined ? '' : phrase` since ${{ at: new Date(sinceMs) }}`;
  // It came to this interface after the window: who had it then is what was asked.
  if (own === undefined && before !== undefined)
    return {
      ...known,
      clause: phrase`${address} was an address of ${withName(before.interfaceId, before.name)} in this time, and${since} it is one of ${{ networkInterface: id }}, ${what}`,
    };
  const earlier =
    before === undefined
      ? ' Who had it before is not known.'
      : ` Before that ${withName(before.interfaceId, before.name)} had it.`;
  return { ...known, clause: phrase`${address} is ${what}${since}`, behind: [earlier], certainty: 'likely' };
}

/** Packets carry it only outside: inside, and in the records, they have a private one. */
function ofPublicAddress(
  text: string,
  { networkInterface: { addresses, publicAddresses } }: Carrier,
): Partial<IdentityFound> {
  if (!publicAddresses.includes(text)) return {};
  const inside = addresses.find((each) => !publicAddresses.includes(each));
  if (inside === undefined) return {};
  return {
    behind: [` Flow logs show its private address, ${inside}, instead.`],
    wouldTell: [[`The same question about ${inside} shows what it talks to.`]],
  };
}

function listed(interfaces: readonly string[]): Phrase {
  return interfaces.flatMap((networkInterface, index) => [
    ...(index === 0 ? [] : [' and ']),
    { networkInterface },
  ]);
}

function inSubnet({ networkInterface: { subnetId }, rules: { subnets } }: Carrier): string {
  if (subnetId === '') return '';
  const name = subnets?.find(({ id }) => id === subnetId)?.name ?? '';
  return ` in subnet ${name === '' ? subnetId : inOneLine(name)}`;
}

/** Nothing carries it now, and what was written down says who did. */
function formerly(address: PhrasePart, { name, interfaceId, toMs, vpcId }: NameSpan): Said {
  const until = toMs === undefined ? '' : phrase` until ${{ at: new Date(toMs) }}`;
  return {
    clause: phrase`${address} was ${inOneLine(name)}${until}, and no network interface carries it now`,
    facts: [
      { label: 'Interface', value: [interfaceId] },
      ...(vpcId === '' ? [] : [{ label: 'VPC', value: [vpcId] }]),
    ],
  };
}

function outside(
  address: PhrasePart,
  identity: AddressIdentity | undefined,
  recorded: RecordedIdentity,
): Said {
  if (identity?.awsRange !== undefined)
    return {
      clause: phrase`${address} is an address of AWS, ${identity.awsRange}`,
      facts: [{ label: 'Published by AWS', value: [identity.awsRange] }],
    };
  if (recorded.awsService !== '-')
    return {
      clause: phrase`${address} is an address of AWS, ${inOneLine(recorded.awsService)} by the records`,
    };
  const clause = phrase`${address} is an address on the internet that no interface here carries`;
  return identity?.country === undefined ? { clause } : { clause, behind: [inCountry(identity.country)] };
}

/** A country is easily taken for an owner. */
function inCountry(country: string): string {
  return ` Its country by IP2Location LITE is ${country}: where the range is registered or used, not who uses it.`;
}

/** What the records themselves say, where EC2 says nothing. */
function recordedFacts(
  { interfaces, instance, subnet, vpc }: RecordedIdentity,
  identity: AddressIdentity | undefined,
): readonly Fact[] {
  if (identity !== undefined && identity.carriers.length > 0) return [];
  const recorded: readonly (readonly [string, readonly PhrasePart[]])[] = [
    ['Interface in the records', listed(interfaces)],
    ['Instance in the records', [instance]],
    ['Subnet in the records', [subnet]],
    ['VPC in the records', [vpc]],
  ];
  return recorded
    .filter(([, value]) => value.length > 0 && value[0] !== '-')
    .map(([label, value]) => ({
      label,
      value: value.map((part) => (typeof part === 'string' ? inOneLine(part) : part)),
    }));
}
