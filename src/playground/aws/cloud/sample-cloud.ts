import type { Cloud, Site } from '../../../core/lake/cloud.ts';
import { SAMPLE_NETWORK } from '../network/network.ts';
import { createSampleBuckets } from './sample-buckets.ts';
import { createSampleFlowLogs } from './sample-flow-logs.ts';
import { createSampleNetwork } from './sample-network-port.ts';
import type { StateFile } from './sample-state.ts';
import { createSampleTables } from './sample-tables.ts';

/** What the sample as a cloud needs. */
export interface SampleCloudParts {
  /** The sample's own folder. */
  readonly folder: string;
  readonly state: StateFile;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** The sample network as a cloud: everything that AWS does for flowlog, in a folder, without an account. */
export function createSampleCloud({ folder, state, now, newId }: SampleCloudParts): Cloud {
  const { accountId: account, region } = SAMPLE_NETWORK;
  const site: Site = {
    account,
    region,
    flowLogs: createSampleFlowLogs({ state, now, newId }),
    network: createSampleNetwork(),
    buckets: createSampleBuckets(folder, state),
  };
  return { name: 'sample', sites: async () => [site], tables: createSampleTables(state) };
}
