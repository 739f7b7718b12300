import type { EC2 } from '@aws-sdk/client-ec2';
import { calling } from '../fault/calling.ts';

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
