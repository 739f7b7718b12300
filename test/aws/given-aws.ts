import { onTestFinished, vi } from 'vitest';
import { type AwsCloudOptions, createAwsCloud } from '../../src/aws/cloud/aws-cloud.ts';
import type { Cloud, Site } from '../../src/core/lake/cloud.ts';
import { type AwsAnswer, type AwsCall, type FakeAws, startFakeAws } from '../fakes/aws/fake-aws.ts';

/** The region of the tests. */
export const REGION = 'eu-central-1';

/** A signal that is never aborted. */
export const { signal } = new AbortController();

/** Gives the SDK's default chain something to find until the test ends. */
export function withCredentials(): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDOFTHETESTS');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  // It is heard by the SDK alone: the tests run on Node.js 20 as well.
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

/** The real AWS cloud with one account in one region, at another address. */
export function awsCloud(endpoint: string, options: Partial<AwsCloudOptions> = {}): Cloud {
  let tokens = 0;
  return createAwsCloud({
    home: { region: REGION, role: undefined, workgroup: 'flowlog' },
    accounts: [{ role: undefined, regions: [REGION] }],
    sessionName: 'flowlog-U1',
    endpoint,
    newToken: () => {
      tokens += 1;
      return `token-${tokens}`.padEnd(32, '0');
    },
    pace: async () => {},
    pause: async () => {},
    newLogsRate: () => async () => {},
    newInsightsPace: () => async () => {},
    ...options,
  });
}

/** A fake AWS, the cloud that calls it, and its first site. */
export interface GivenAws {
  readonly aws: FakeAws;
  readonly cloud: Cloud;
  readonly site: Site;
}

/** Opens the real cloud on a fake AWS. */
export async function givenAws(
  answer: (call: AwsCall) => AwsAnswer | Promise<AwsAnswer>,
  options: Partial<AwsCloudOptions> = {},
): Promise<GivenAws> {
  withCredentials();
  const aws = await startFakeAws(answer);
  const cloud = awsCloud(aws.endpoint, options);
  const [site] = await cloud.sites(signal);
  if (site === undefined) throw new RangeError('the cloud has no site');
  return { aws, cloud, site };
}
