import { withDeadline } from '../deadline.ts';
import { type AddressRange, isInternal } from '../flow-log/addresses.ts';
import type { Scope } from '../line/standard-arguments.ts';
import type { Window } from '../time/window.ts';
import { type Cloud, CloudError, type Site } from './cloud.ts';
import { type Countries, countriesOf } from './countries.ts';
import { interfaceName } from './interface-name.ts';
import type { NameHistory } from './name-history.ts';
import { holdersAt, type NameSpan } from './names.ts';
import type { NetworkInterface, ResourceTag } from './network.ts';
import type { NetworkRules } from './network-rules.ts';
import { type FlowLogRead, vpcsOf } from './scan.ts';

/** An interface that carries an address now, with what EC2 says of it. */
export interface Carrier {
  readonly account: string;
  readonly region: string;
  readonly networkInterface: NetworkInterface;
  readonly rules: NetworkRules;
  /** Of the interface, of its instance and of its VPC; none where they may not be read. */
  readonly tags: readonly ResourceTag[];
}

/** What is known of an address without its records. */
export interface AddressIdentity {
  /** Those that carry it now, in the VPCs that are read; more than one where networks use the same addresses. */
  readonly carriers: readonly Carrier[];
  /** Who had it in the window, the earliest first, or has it since; none where that is not known. */
  readonly holders: readonly NameSpan[];
  /** What AWS publishes of it: `S3 us-east-1`; undefined for an address that it does not publish. */
  readonly awsRange: string | undefined;
  /** In which country a public address is; left out where that is not known. */
  readonly country?: string | undefined;
  /** What may not be asked, as IAM names it: `ec2:DescribeTags`. */
  readonly missing: readonly string[];
  /** `no EC2` over a folder; `late` where EC2 did not answer in the time that an answer waits for it. */
  readonly asked: 'answered' | 'late' | 'no EC2';
}

/** An address, and where and when it is meant. */
interface IdentityWanted {
  readonly address: AddressRange;
  readonly window: Window;
  readonly scope: Scope;
  /** The flow logs that are read: of networks that use the same addresses theirs are meant. */
  readonly flowLogs: readonly FlowLogRead[];
  /** Whether a country is worth looking up. */
  readonly isNamed: boolean;
}

/** Looks up what an address is. Never fails: what EC2 does not say is missing. */
export type IdentityLookup = (wanted: IdentityWanted, signal: AbortSignal) => Promise<AddressIdentity>;

export interface IdentityParts {
  /** Undefined over a folder. */
  readonly cloud: Pick<Cloud, 'sites'> | undefined;
  /** What was written down earlier; undefined where nothing is kept. */
  readonly history?: NameHistory | undefined;
  readonly ofRange?: ((address: string) => string | undefined) | undefined;
  readonly countries?: Countries | undefined;
  readonly patienceMs?: number;
}

/** So long an answer waits, in milliseconds: it is worth more than what EC2 says. */
const PATIENCE_MS = 10_000;

/** Builds a lookup over every region and account of a cloud. */
export function createIdentityLookup(parts: IdentityParts): IdentityLookup {
  const { cloud, history, ofRange, countries, patienceMs = PATIENCE_MS } = parts;

  async function lookedUp(wanted: IdentityWanted, signal: AbortSignal): Promise<AddressIdentity> {
    const { text } = wanted.address;
    const awsRange = isInternal(text) ? undefined : ofRange?.(text);
    const nothing = { carriers: [], holders: [], awsRange, missing: [] };
    if (cloud === undefined) return { ...nothing, asked: 'no EC2' };
    const lookUp = async (within: AbortSignal): Promise<AddressIdentity> => {
      try {
        const found = await carriersOf(cloud, wanted, within);
        const earlier = await earlierSpans(history, found.sites, wanted);
        const spans = [...found.carriers.map((each) => spanOf(text, each)), ...earlier];
        const named = { window: wanted.window, vpcIds: vpcsOf(wanted.flowLogs) };
        return {
          carriers: meant(found.carriers, named.vpcIds),
          holders: holdersAt(spans, named),
          awsRange,
          missing: found.missing,
          asked: 'answered',
        };
      } catch (error) {
        if (signal.aborted || !within.aborted) throw error;
        return { ...nothing, asked: 'late' };
      }
    };
    return withDeadline(patienceMs, lookUp, signal);
  }

  return async (wanted, signal) => {
    const { text } = wanted.address;
    const found = countriesOf(wanted.isNamed ? [text] : [], countries);
    const known = await lookedUp(wanted, signal);
    const country = (await found).get(text);
    return country === undefined ? known : { ...known, country };
  };
}

interface Found {
  readonly sites: readonly Site[];
  readonly carriers: readonly Carrier[];
  readonly missing: readonly string[];
}

async function carriersOf(
  cloud: Pick<Cloud, 'sites'>,
  { address, scope }: IdentityWanted,
  signal: AbortSignal,
): Promise<Found> {
  const missing = new Set<string>();
  const all = await whereAllowed(missing, () => cloud.sites(signal));
  const sites = (all ?? []).filter(
    ({ account, region }) => (scope.account ?? account) === account && (scope.region ?? region) === region,
  );
  const carriers = await Promise.all(
    sites.map((site) => carriersAt(site, { address: address.text, vpc: scope.vpc, missing }, signal)),
  );
  return { sites, carriers: carriers.flat(), missing: [...missing] };
}

interface WantedAt {
  readonly address: string;
  readonly vpc: string | undefined;
  /** Where what is denied is noted. */
  readonly missing: Set<string>;
}

async function carriersAt(
  { account, region, network }: Site,
  { address, vpc, missing }: WantedAt,
  signal: AbortSignal,
): Promise<readonly Carrier[]> {
  const ask = () => network.interfaces({ addresses: [address] }, signal);
  const found = (await whereAllowed(missing, ask)) ?? [];
  const interfaces = found.filter(({ vpcId }) => (vpc ?? vpcId) === vpcId);
  if (interfaces.length === 0) return [];
  const ids = interfaces.flatMap(({ id, instanceId, vpcId }) => [id, instanceId ?? [], vpcId].flat());
  const [rules, tags = []] = await Promise.all([
    whereAllowed(missing, () => network.rulesOf(interfaces, signal)),
    whereAllowed(missing, () => network.tagsOf([...new Set(ids)], signal)),
  ]);
  for (const call of rules?.missing ?? []) missing.add(call);
  return interfaces.map((networkInterface) => {
    const own = [networkInterface.id, networkInterface.instanceId, networkInterface.vpcId];
    return {
      account,
      region,
      networkInterface,
      rules: rules ?? { ...NO_RULES, region },
      tags: tags.filter(({ id }) => own.includes(id)),
    };
  });
}

const NO_RULES: Omit<NetworkRules, 'region'> = {
  securityGroups: undefined,
  networkAcls: undefined,
  routeTables: undefined,
  subnets: undefined,
  prefixLists: new Map(),
  missing: [],
};

/** What a call gives; undefined where the cloud does not give it, which is noted. @throws what is no fault of the cloud. */
async function whereAllowed<T>(missing: Set<string>, send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    missing.add(error.call);
    return undefined;
  }
}

/** A history that cannot be read is as none. */
async function earlierSpans(
  history: NameHistory | undefined,
  sites: readonly Site[],
  { address, window, scope }: IdentityWanted,
): Promise<readonly NameSpan[]> {
  if (history === undefined) return [];
  const found = sites.map(({ account, region }) =>
    history.of({ account, region }, [address.text], window).catch(() => []),
  );
  const spans = (await Promise.all(found)).flat();
  return spans.filter(({ vpcId }) => vpcId === '' || (scope.vpc ?? vpcId) === vpcId);
}

/** Who has an address now; what has no name is called by its id. */
function spanOf(of: string, { networkInterface, tags }: Carrier): NameSpan {
  const { id, vpcId, publicAddresses, instanceId = '', attachedAt } = networkInterface;
  const instanceNames = tags.flatMap((tag) =>
    tag.key === 'Name' && tag.id === instanceId ? [[tag.id, tag.value] as const] : [],
  );
  const isUnique = of.includes(':') || publicAddresses.includes(of);
  return {
    of,
    name: interfaceName(networkInterface, new Map(instanceNames)) ?? id,
    interfaceId: id,
    vpcId: isUnique ? '' : vpcId,
    fromMs: attachedAt?.getTime(),
  };
}

/** Of networks that use the same addresses those that are read, where that leaves one. */
function meant(carriers: readonly Carrier[], vpcIds: readonly string[]): readonly Carrier[] {
  const read = carriers.filter(({ networkInterface }) => vpcIds.includes(networkInterface.vpcId));
  return read.length > 0 ? read : carriers;
}
