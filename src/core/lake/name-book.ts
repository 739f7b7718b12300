import { withDeadline } from '../deadline.ts';
import { isYoungerThan } from '../time/age.ts';
import type { Window } from '../time/window.ts';
import type { Cloud, Site } from './cloud.ts';
import { type Countries, countriesOf } from './countries.ts';
import type { NameHistory } from './name-history.ts';
import { type Name, type NameSpan, type Names, namesAt, spansOf } from './names.ts';
import type { PlacedSubnet } from './network.ts';
import {
  awsServiceName,
  interfacesBehind,
  NO_RECORDED_NAMES,
  namesByRecords,
  type RecordedNames,
} from './recorded-names.ts';
import { type LoggedSite, type Scan, vpcsOf } from './scan.ts';
import { subnetName } from './subnet-names.ts';

/** Knows what addresses and interfaces are called. Nothing here fails, or is waited for longer than allowed. */
export interface NameBook {
  /** Begins to look up, where flow logs are read: the names are there when the records are, or soon after. */
  lookUp(scan: Pick<Scan, 'flowLogs' | 'nameSpans'>): NameLookup;
  /** Writes down which names there are now where some flow logs record, for later questions about today. */
  noteAll(sites: readonly LoggedSite[]): Promise<void>;
  /** Ends what is being looked up. */
  close(): void;
}

/** Names that are being looked up. */
interface NameLookup {
  /** What these are called in a window. What is not known after the allowed time has no name, but by the records. */
  namesOf(wanted: readonly string[], window: Window, recorded?: RecordedNames): Promise<Names>;
}

export interface NameBookParts {
  readonly cloud: Cloud;
  /** What was written down earlier; undefined where nothing is kept. */
  readonly history?: NameHistory | undefined;
  /** What AWS publishes of a public address: `S3 us-east-1`. */
  readonly ofRange?: ((address: string) => string | undefined) | undefined;
  /** In which country a public address is. */
  readonly countries?: Countries | undefined;
  readonly now: () => Date;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** How long an answer waits for names that are not there yet. */
  readonly patienceMs?: number | undefined;
}

/** An answer is waited for: a name that takes longer is not worth it. */
const PATIENCE_MS = 1_000;
/** A name that was given elsewhere is seen after this long; so is that EC2 may be asked now. */
const FRESH_MS = 5 * 60_000;

/** What one region of one account said, and when it was asked. */
interface Listing {
  readonly askedMs: number;
  /** Null where EC2 may not be asked, or failed. */
  readonly spans: Promise<readonly NameSpan[] | null>;
}

/** The subnets of one region of one account, and when they were asked for. */
interface SubnetListing {
  readonly askedMs: number;
  readonly subnets: Promise<readonly PlacedSubnet[]>;
}

/**
 * Lists the interfaces of a whole region at once, and keeps them for some minutes. EC2 looks private, public and IPv6
 * addresses up by three filters that exclude each other, so that 200 addresses cost up to three calls and can only be
 * asked for after the records were read. A listing costs one call for 1,000 interfaces, one for the tags of 1,000
 * instances and one for 1,000 subnets, whatever is asked. It can begin with the question, and serves every question of the
 * next minutes. There is one for each region of each account at most.
 */
export function createNameBook(parts: NameBookParts): NameBook {
  const { now, pause, patienceMs = PATIENCE_MS } = parts;
  const closing = new AbortController();
  const listings = new Map<string, Listing>();
  const subnetListings = new Map<string, SubnetListing>();
  const instances: InstanceNames = new Map();

  function listed(site: LoggedSite): Listing['spans'] {
    const key = keyOf(site);
    const known = listings.get(key);
    const askedMs = now().getTime();
    if (known !== undefined && isYoungerThan(FRESH_MS, known.askedMs, askedMs)) return known.spans;
    // One question being stopped must not stop the others.
    const listing = (signal: AbortSignal) => list(parts, instances, site, signal);
    const spans = withDeadline(GIVE_UP_MS, listing, closing.signal).catch(() => null);
    listings.set(key, { askedMs, spans });
    return spans;
  }

  /** None where they may not be listed. */
  function subnetsAt(site: LoggedSite): Promise<readonly PlacedSubnet[]> {
    const key = keyOf(site);
    const known = subnetListings.get(key);
    const askedMs = now().getTime();
    if (known !== undefined && isYoungerThan(FRESH_MS, known.askedMs, askedMs)) return known.subnets;
    const listing = (signal: AbortSignal) => listSubnets(parts.cloud, site, signal);
    const subnets = withDeadline(GIVE_UP_MS, listing, closing.signal).catch(() => []);
    subnetListings.set(key, { askedMs, subnets });
    return subnets;
  }

  return {
    lookUp({ flowLogs = [], nameSpans = [] }) {
      const sites = eachOnce(flowLogs.flatMap(({ site }) => site ?? []));
      const found: NameSpan[] = [];
      const placed: PlacedSubnet[] = [];
      const looking = sites.map(async (site) => {
        const [spans, subnets] = [listed(site), subnetsAt(site)];
        found.push(...((await spans) ?? []));
        // Where something is says less than its name, and is not shown before it.
        placed.push(...(await subnets));
      });
      return {
        async namesOf(shown, window, recorded = NO_RECORDED_NAMES) {
          const wanted = [...new Set([...shown, ...interfacesBehind(recorded, new Set(shown))])];
          const earlier: NameSpan[] = [];
          const reading = earlierSpans(parts.history, sites, wanted, window);
          const all = Promise.all([...looking, reading.then((spans) => void earlier.push(...spans))]);
          await Promise.race([all, pause(patienceMs)]);
          const asked = new Set(wanted);
          const listing = found.filter(({ of }) => asked.has(of));
          // A listing knows more of an interface than what was asked of it before: the name of its instance.
          const known = new Set(listing.map(({ of }) => of));
          const others = nameSpans.filter(({ of }) => asked.has(of) && !known.has(of));
          const spans = [...listing, ...others, ...earlier];
          const ofThen = namesAt(spans, { window, vpcIds: vpcsOf(flowLogs) });
          const instanceNames = new Map(sites.flatMap((site) => [...(instances.get(keyOf(site)) ?? [])]));
          const names = namesByRecords(ofThen, recorded, instanceNames);
          const named = withServices(names, shown, {
            ofRange: parts.ofRange,
            services: recorded.services,
          });
          const places = shown.flatMap((of): readonly (readonly [string, Name])[] => {
            const place = named.has(of) ? undefined : subnetName(of, placed, vpcsOf(flowLogs));
            return place === undefined ? [] : [[of, place]];
          });
          return withCountries(new Map([...named, ...places]), shown, parts.countries);
        },
      };
    },
    async noteAll(sites) {
      await Promise.all(eachOnce(sites).map(listed));
    },
    close: () => closing.abort(),
  };
}

function keyOf({ account, region }: LoggedSite): string {
  return `${account} ${region}`;
}

function eachOnce(sites: readonly LoggedSite[]): readonly LoggedSite[] {
  return [...new Map(sites.map((site) => [keyOf(site), site])).values()];
}

/** Longer than this no region takes to list its interfaces. */
const GIVE_UP_MS = 60_000;

/** The instances of each site as they were called when that could be found out last. */
type InstanceNames = Map<string, ReadonlyMap<string, string>>;

async function list(
  { cloud, history, now }: NameBookParts,
  known: InstanceNames,
  { account, region }: LoggedSite,
  signal: AbortSignal,
): Promise<readonly NameSpan[]> {
  const sites = await cloud.sites(signal);
  const site = sites.find((each: Site) => each.account === account && each.region === region);
  if (site === undefined) return [];
  const at = now();
  const [interfaces, instanceNames] = await Promise.all([
    site.network.interfaces({}, signal),
    // Where tags may never be read, instances are called by their ids.
    instanceNamesAt(site, signal).catch(() => known.get(keyOf(site))),
  ]);
  if (instanceNames !== undefined) known.set(keyOf(site), instanceNames);
  const spans = interfaces.flatMap((each) => spansOf(each, instanceNames));
  // Without it later questions know less; this one knows as much.
  await history?.note({ account, region }, spans, at).catch(() => undefined);
  return spans;
}

async function listSubnets(
  cloud: Cloud,
  { account, region }: LoggedSite,
  signal: AbortSignal,
): Promise<readonly PlacedSubnet[]> {
  const sites = await cloud.sites(signal);
  const site = sites.find((each) => each.account === account && each.region === region);
  return (await site?.network.subnets(signal)) ?? [];
}

async function instanceNamesAt({ network }: Site, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const tags = await network.nameTags(signal);
  return new Map(tags.filter(({ id }) => id.startsWith('i-')).map(({ id, name }) => [id, name]));
}

/** A history that cannot be read is as none. */
async function earlierSpans(
  history: NameHistory | undefined,
  sites: readonly LoggedSite[],
  wanted: readonly string[],
  window: Window,
): Promise<readonly NameSpan[]> {
  if (history === undefined || wanted.length === 0) return [];
  const found = sites.map((site) => history.of(site, wanted, window).catch(() => []));
  return (await Promise.all(found)).flat();
}

interface Services {
  readonly ofRange: NameBookParts['ofRange'];
  /** By the records. */
  readonly services: ReadonlyMap<string, string>;
}

/** The names of what is shown, and for what has none the service of AWS: the records say which it was then. */
function withServices(names: Names, shown: readonly string[], { ofRange, services }: Services): Names {
  const named = shown.flatMap((of): readonly (readonly [string, Name])[] => {
    const known = names.get(of);
    if (known !== undefined) return [[of, known]];
    const range = ofRange?.(of);
    const service = services.get(of);
    if (service !== undefined)
      return [[of, { name: awsServiceName(service, range), from: 'records', since: undefined }]];
    return range === undefined ? [] : [[of, { name: range, from: 'AWS ranges', since: undefined }]];
  });
  return new Map(named);
}

/** Where something is says less than any name. */
async function withCountries(
  names: Names,
  shown: readonly string[],
  countries: NameBookParts['countries'],
): Promise<Names> {
  const unnamed = shown.filter((of) => !names.has(of));
  const found = await countriesOf(unnamed, countries);
  const places = [...found].map(([of, name]): readonly [string, Name] => [
    of,
    { name, from: 'countries', since: undefined },
  ]);
  return new Map([...names, ...places]);
}
