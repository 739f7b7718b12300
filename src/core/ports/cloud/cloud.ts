import type { Buckets } from './buckets.ts';
import type { FlowLogs } from './flow-logs.ts';
import type { Network } from './network.ts';
import type { Tables } from './tables.ts';

/** One region of one account: where flow logs are created and their networks and buckets are. */
export interface Site {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly flowLogs: FlowLogs;
  readonly network: Network;
  readonly buckets: Buckets;
}

/** What flowlog sets up and looks at: AWS, or the sample network on this machine. */
export interface Cloud {
  readonly name: 'aws' | 'sample';
  /** Every region of every account that is configured; the first is where setting up happens unless said otherwise. */
  sites(signal: AbortSignal): Promise<readonly Site[]>;
  /** Where tables stand and statements run: one place for all sites. */
  readonly tables: Tables;
}
