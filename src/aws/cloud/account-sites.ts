import type { EC2 } from '@aws-sdk/client-ec2';
import type { STS } from '@aws-sdk/client-sts';
import type { Site } from '../../core/ports/cloud/cloud.ts';
import { CloudError } from '../../core/ports/cloud/cloud-error.ts';
import { calling } from '../call.ts';
import type { AwsClients, Role } from '../clients.ts';
import { createAwsBuckets } from './buckets.ts';
import { createAwsFlowLogs } from './flow-logs.ts';
import { createAwsNetwork } from './network.ts';

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

/** The regions that an account can use; those it did not opt in to are left out. */
export async function enabledRegions(
  ec2: () => Promise<EC2>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { Regions = [] } = await calling('ec2:DescribeRegions', signal, async () =>
    (await ec2()).describeRegions({}, { abortSignal: signal }),
  );
  return Regions.flatMap(({ RegionName }) => RegionName ?? []).toSorted();
}

/** The account as which we call: twelve digits. */
export async function findAccount(sts: () => Promise<STS>, signal: AbortSignal): Promise<string> {
  const { Account = '' } = await calling('sts:GetCallerIdentity', signal, async () =>
    (await sts()).getCallerIdentity({}, { abortSignal: signal }),
  );
  return Account;
}
