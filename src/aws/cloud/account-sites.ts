import type { EC2 } from '@aws-sdk/client-ec2';
import type { STS } from '@aws-sdk/client-sts';
import { CloudError, type Site } from '../../core/lake/cloud.ts';
import { accountOfArn } from '../arn.ts';
import { callAws } from '../call.ts';
import type { AwsClients, Role } from '../clients.ts';
import type { Rate } from '../rate.ts';
import { createAwsBuckets } from './buckets.ts';
import { createAwsFlowLogs } from './flow-logs.ts';
import { createAwsLogGroups } from './log-groups.ts';
import { createAwsLogInsights, type InsightsPace } from './log-insights.ts';
import { createAwsNetwork } from './network.ts';

/** An account whose networks and flow logs are read. */
export interface AwsAccount {
  /** The role that is assumed in it; undefined for the account of the app's own credentials. */
  readonly role: Role | undefined;
  /** Undefined for all that the account has enabled. */
  readonly regions: readonly string[] | undefined;
}

/** Gives the clients of an account in a region. */
export type ClientsIn = (role: Role | undefined, region: string) => AwsClients;

/** How sites are found and called. */
export interface SitesParts {
  readonly clientsIn: ClientsIn;
  readonly homeRegion: string;
  /** A rate of its own for each region of each account, at which its log groups are read. */
  readonly newLogsRate: (region: string) => Rate;
  /** The same for its queries of Logs Insights. */
  readonly newInsightsPace: () => InsightsPace;
}

/** The sites of one account; the home region comes first, if it is among them, since that is where `setup` begins. */
export async function accountSites(
  { role, regions }: AwsAccount,
  { clientsIn, homeRegion, newLogsRate, newInsightsPace }: SitesParts,
  signal: AbortSignal,
): Promise<readonly Site[]> {
  const atHome = clientsIn(role, regions?.[0] ?? homeRegion);
  const account = role === undefined ? await findAccount(atHome.sts, signal) : accountOfArn(role.arn);
  const all = regions ?? (await regionsOf(atHome, role, homeRegion, signal));
  return all.map((region) => {
    const { ec2, logs, logsOnce, s3 } = clientsIn(role, region);
    return {
      account,
      region,
      flowLogs: createAwsFlowLogs(ec2, region),
      network: createAwsNetwork(ec2, region),
      buckets: createAwsBuckets(s3, { account, region }),
      logGroups: createAwsLogGroups(logs, newLogsRate(region)),
      insights: createAwsLogInsights({ logs, logsOnce }, newInsightsPace()),
    };
  });
}

/**
 * A role that cannot be assumed must not keep the other accounts from answering: its home region is listed, and fails
 * with the reason when it is used.
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

function homeFirst(regions: readonly string[], homeRegion: string): readonly string[] {
  return [
    ...regions.filter((region) => region === homeRegion),
    ...regions.filter((region) => region !== homeRegion),
  ];
}

/** The regions that an account can use; those it did not opt in to are left out. */
async function enabledRegions(ec2: () => Promise<EC2>, signal: AbortSignal): Promise<readonly string[]> {
  const { Regions = [] } = await callAws('ec2:DescribeRegions', signal, async () =>
    (await ec2()).describeRegions({}, { abortSignal: signal }),
  );
  return Regions.flatMap(({ RegionName }) => RegionName ?? []).toSorted();
}

/** The account of the credentials: twelve digits. */
export async function findAccount(sts: () => Promise<STS>, signal: AbortSignal): Promise<string> {
  const { Account = '' } = await callAws('sts:GetCallerIdentity', signal, async () =>
    (await sts()).getCallerIdentity({}, { abortSignal: signal }),
  );
  return Account;
}
