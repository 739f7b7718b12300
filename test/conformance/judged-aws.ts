import { type AwsClients, createAwsClients } from '../../src/aws/clients.ts';
import type { AwsCloudOptions } from '../../src/aws/cloud/aws-cloud.ts';
import type { Cloud, Site } from '../../src/core/lake/cloud.ts';
import { awsCloud, REGION, signal, withCredentials } from '../aws/given-aws.ts';

/** The real cloud on a judge, its first site, and clients with which a test makes what flowlog never makes. */
export interface JudgedAws {
  readonly cloud: Cloud;
  readonly site: Site;
  readonly clients: AwsClients;
}

/** Opens the real cloud on a judge. */
export async function judgedAws(
  endpoint: string,
  options: Partial<AwsCloudOptions> = {},
): Promise<JudgedAws> {
  withCredentials();
  const cloud = awsCloud(endpoint, options);
  const [site] = await cloud.sites(signal);
  if (site === undefined) throw new RangeError('the cloud has no site');
  return { cloud, site, clients: createAwsClients({ region: REGION, credentials: undefined, endpoint }) };
}

let names = 0;

/** A name that nothing else has on a judge, which all tests share. */
export function newName(kind: string): string {
  names += 1;
  return `${kind}-${process.pid}-${Date.now().toString(36)}-${names}`;
}
