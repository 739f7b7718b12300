import { CloudError, type Site } from '../../core/lake/cloud.ts';
import type { AwsClients } from '../clients/aws-clients.ts';
import type { Role } from '../clients/credentials-for.ts';
import { createAwsBuckets } from './buckets/aws-buckets.ts';
import { enabledRegions } from './enabled-regions.ts';
import { findAccount } from './find-account.ts';
import { createAwsFlowLogs } from './flow-logs/aws-flow-logs.ts';
import { createAwsNetwork } from './network/aws-network.ts';

/** An account whose networks are looked at. */
export interface AwsAccount {
  /** The role through which it is reached; undefined for the account of our own credentials. */
  readonly role: Role | undefined;
  /** Undefined for all that the account has enabled. */
  readonly regions: readonly string[] | undefined;
}

/** Gives the clients of an account in a region. */
export type ClientsIn = (role: Role | undefined, region: string) => AwsClients;

/** The sites of one account: the region at home first, if it is among them, for that is where setting up happens. */
export async function accountSites(
  { role, regions }: AwsAccount,
  clientsIn: ClientsIn,
  homeRegion: string,
  signal: AbortSignal,
): Promise<readonly Site[]> {
  const atHome = clientsIn(role, regions?.[0] ?? homeRegion);
  const account = role === undefined ? await findAccount(atHome.sts, signal) : accountOfRole(role);
  const all = regions ?? (await regionsOf(atHome, role, homeRegion, signal));
  return all.map((region) => {
    const { ec2, s3 } = clientsIn(role, region);
    return {
      account,
      region,
      flowLogs: createAwsFlowLogs(ec2, region),
      network: createAwsNetwork(ec2),
      buckets: createAwsBuckets(s3, { account, region }),
    };
  });
}

/**
 * A role that cannot be taken on must not keep the other accounts from answering: its region at home is listed, and
 * says what is wrong when it is asked.
 */
async function regionsOf(
  { ec2 }: AwsClients,
  role: Role | undefined,
  homeRegion: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    return homeFirst(await enabledRegions(ec2, signal), homeRegion);
  } catch (error) {
    if (role === undefined || !(error instanceof CloudError)) throw error;
    return [homeRegion];
  }
}

/** The ARN of a role names its account: nobody has to be asked. */
function accountOfRole({ arn }: Role): string {
  return arn.split(':')[4] ?? '';
}

function homeFirst(regions: readonly string[], homeRegion: string): readonly string[] {
  return [
    ...regions.filter((region) => region === homeRegion),
    ...regions.filter((region) => region !== homeRegion),
  ];
}
