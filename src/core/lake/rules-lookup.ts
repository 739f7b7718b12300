import { withDeadline } from '../deadline.ts';
import type { AddressRange } from '../flow-log/addresses.ts';
import { type Cloud, CloudError, type Site } from './cloud.ts';
import type { NetworkInterface } from './network.ts';
import type { NetworkRules } from './network-rules.ts';

/** An interface that carries an address, with the rules of its region. */
interface RuledInterface {
  readonly networkInterface: NetworkInterface;
  readonly rules: NetworkRules;
}

/** The rules of what carries some addresses, as they are now. */
export interface RulesNow {
  /** By address; none for an address that no interface here carries, or that several do. */
  readonly byAddress: ReadonlyMap<string, RuledInterface>;
  /** What may not be asked, as IAM names it: `ec2:DescribeSecurityGroups`. */
  readonly missing: readonly string[];
  /** EC2 did not answer in the time that an answer waits for it: nothing is known. */
  readonly isLate: boolean;
}

/** So long an answer waits for rules, in milliseconds: it is worth more than they are. */
const PATIENCE_MS = 10_000;

/** Looks rules up. Never fails: what EC2 does not say is missing. */
export type RulesLookup = (addresses: readonly AddressRange[], signal: AbortSignal) => Promise<RulesNow>;

/** Builds a lookup over every region and account of a cloud. */
export function createRulesLookup(cloud: Cloud, patienceMs = PATIENCE_MS): RulesLookup {
  return (addresses, signal) =>
    withDeadline(
      patienceMs,
      async (within) => {
        try {
          return await rulesNow(cloud, addresses, within);
        } catch (error) {
          if (signal.aborted || !within.aborted) throw error;
          return { byAddress: new Map(), missing: [], isLate: true };
        }
      },
      signal,
    );
}

async function rulesNow(
  cloud: Cloud,
  addresses: readonly AddressRange[],
  signal: AbortSignal,
): Promise<RulesNow> {
  const wanted = addresses.filter(({ single }) => single).map(({ text }) => text);
  const sites = await cloud.sites(signal).catch(missingOf);
  if ('missing' in sites) return { byAddress: new Map(), missing: sites.missing, isLate: false };
  const found = await Promise.all(sites.map((site) => rulesAt(site, wanted, signal)));
  const ruled = found.flatMap((each) => each.ruled);
  const byAddress = new Map(
    wanted.flatMap((address) => {
      const [only, ...others] = ruled.filter(({ networkInterface }) =>
        networkInterface.addresses.includes(address),
      );
      return only === undefined || others.length > 0 ? [] : [[address, only] as const];
    }),
  );
  return { byAddress, missing: [...new Set(found.flatMap(({ missing }) => missing))], isLate: false };
}

interface RulesAtSite {
  readonly ruled: readonly RuledInterface[];
  readonly missing: readonly string[];
}

async function rulesAt(
  { network }: Site,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<RulesAtSite> {
  try {
    const interfaces = await network.interfaces({ addresses }, signal);
    if (interfaces.length === 0) return { ruled: [], missing: [] };
    const rules = await network.rulesOf(interfaces, signal);
    return {
      ruled: interfaces.map((networkInterface) => ({ networkInterface, rules })),
      missing: rules.missing,
    };
  } catch (error) {
    return { ruled: [], ...missingOf(error) };
  }
}

/** @throws what is no fault of the cloud. */
function missingOf(error: unknown): Pick<RulesNow, 'missing'> {
  if (error instanceof CloudError) return { missing: [error.call] };
  throw error;
}
