import type { Buckets } from '../../src/core/lake/buckets.ts';
import { type Cloud, CloudError, type CloudErrorCode, type Site } from '../../src/core/lake/cloud.ts';
import type { FlowLogs } from '../../src/core/lake/flow-logs.ts';
import type { Network } from '../../src/core/lake/network.ts';
import type { Tables } from '../../src/core/lake/tables.ts';

/** Replaces a part of the cloud; it gets the part that it replaces. */
export interface Faults {
  readonly flowLogs?: (real: FlowLogs, site: Site) => Partial<FlowLogs>;
  readonly network?: (real: Network, site: Site) => Partial<Network>;
  readonly buckets?: (real: Buckets, site: Site) => Partial<Buckets>;
  readonly tables?: (real: Tables) => Partial<Tables>;
}

/** A cloud with faults in some calls, and unchanged everywhere else. */
export function withFault(cloud: Cloud, { flowLogs, network, buckets, tables }: Faults): Cloud {
  return {
    name: cloud.name,
    tables: { ...cloud.tables, ...tables?.(cloud.tables) },
    async sites(signal) {
      const sites = await cloud.sites(signal);
      return sites.map((site) => ({
        ...site,
        flowLogs: { ...site.flowLogs, ...flowLogs?.(site.flowLogs, site) },
        network: { ...site.network, ...network?.(site.network, site) },
        buckets: { ...site.buckets, ...buckets?.(site.buckets, site) },
      }));
    },
  };
}

/** A call that fails as AWS makes it fail. */
export function fault(code: CloudErrorCode, call: string, message = 'no'): CloudError {
  return new CloudError(code, { call, fault: FAULTS[code], message });
}

const FAULTS: Readonly<Record<CloudErrorCode, string>> = {
  'not-found': 'NoSuchBucket',
  'already-exists': 'FlowLogAlreadyExists',
  taken: 'BucketAlreadyExists',
  denied: 'UnauthorizedOperation',
  limit: 'FlowLogsLimitExceeded',
  throttled: 'RequestLimitExceeded',
  expired: 'ExpiredToken',
  refused: 'InvalidParameterValue',
  broken: 'InternalError',
};
