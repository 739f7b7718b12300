import type { Cloud, Site } from '../../core/lake/cloud.ts';
import type { AwsClock } from '../aws-clock.ts';
import { createAwsClients, credentialsFor, type Role } from '../clients.ts';
import {
  type AwsAccount,
  accountSites,
  type ClientsIn,
  findAccount,
  type SitesParts,
} from './account-sites.ts';
import type { DdlParts } from './ddl.ts';
import { createAwsTables } from './tables.ts';

/** Which accounts and regions of AWS are used, and as whom. */
export interface AwsCloudOptions
  extends Pick<DdlParts, 'newToken' | 'pace' | 'pause'>,
    Pick<SitesParts, 'newLogsRate' | 'newInsightsPace'> {
  /** Where tables are and statements run, and the region of what an account has once. */
  readonly home: { readonly region: string; readonly role: Role | undefined; readonly workgroup: string };
  /** In the order in which sites are listed. */
  readonly accounts: readonly AwsAccount[];
  /** How CloudTrail names flowlog in accounts where it assumes a role. */
  readonly sessionName: string;
  /** The address of a stand-in for AWS in tests; undefined for AWS itself. */
  readonly endpoint: string | undefined;
  /** Takes the time of AWS's answers. */
  readonly clock?: AwsClock | undefined;
}

/** AWS as a cloud. No call is made, and no client loaded, before the first request. */
export function createAwsCloud(options: AwsCloudOptions): Cloud {
  const { home, accounts, newToken, pace, pause, newLogsRate, newInsightsPace } = options;
  const clientsIn = cachedClients(options);
  const { athena, glue, sts } = clientsIn(home.role, home.region);
  let known: readonly Site[] | undefined;
  let account: string | undefined;
  return {
    name: 'aws',
    // Neither the account behind a role nor the regions of an account change while the app runs.
    async sites(signal) {
      known ??= await findSites(
        accounts,
        { clientsIn, homeRegion: home.region, newLogsRate, newInsightsPace },
        signal,
      );
      return known;
    },
    tables: createAwsTables({
      athena,
      glue,
      newToken,
      pace,
      pause,
      workgroup: home.workgroup,
      async home(signal) {
        // The credentials stay those of one account while the app runs.
        account ??= await findAccount(sts, signal);
        return { account, region: home.region };
      },
    }),
  };
}

async function findSites(
  accounts: readonly AwsAccount[],
  parts: SitesParts,
  signal: AbortSignal,
): Promise<readonly Site[]> {
  const found = accounts.map((account) => accountSites(account, parts, signal));
  return (await Promise.all(found)).flat();
}

/** One set of clients for each role and region, since each keeps its connections, and what it has learnt of throttling. */
function cachedClients({
  sessionName,
  endpoint,
  clock,
}: Pick<AwsCloudOptions, 'sessionName' | 'endpoint' | 'clock'>): ClientsIn {
  const made = new Map<string, ReturnType<ClientsIn>>();
  return (role, region) => {
    const key = `${role?.arn} ${role?.externalId} ${region}`;
    const clients =
      made.get(key) ??
      createAwsClients({
        region,
        credentials: credentialsFor(role, { sessionName, region, endpoint }),
        endpoint,
        clock,
      });
    made.set(key, clients);
    return clients;
  };
}
