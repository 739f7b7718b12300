import type { Buckets } from './buckets.ts';
import type { FlowLogs } from './flow-logs.ts';
import type { LogGroups } from './log-groups.ts';
import type { LogInsights } from './log-insights.ts';
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
  /** Left out where a log group is a folder, as in the sample network. */
  readonly logGroups?: LogGroups;
  /** Left out where log groups are. */
  readonly insights?: LogInsights;
}

/** What flowlog sets up and looks at: AWS, or the sample network on this machine. */
export interface Cloud {
  readonly name: 'aws' | 'sample';
  /** Every region of every account that is configured; the first is where setting up happens unless said otherwise. */
  sites(signal: AbortSignal): Promise<readonly Site[]>;
  /** The tables, and where statements run: one place for all sites. */
  readonly tables: Tables;
}

/**
 * Why the cloud did not do what it was asked: what is named does not exist, is there already or belongs to another
 * account; we may not; a quota or the rate is used up; the credentials have expired; the request itself was refused; or
 * the cloud failed in a way that passes or that we do not know.
 */
export type CloudErrorCode =
  | 'not-found'
  | 'already-exists'
  | 'taken'
  | 'denied'
  | 'limit'
  | 'throttled'
  | 'expired'
  | 'refused'
  | 'broken';

/** A call to the cloud that did not succeed. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly code: CloudErrorCode;
  /** The call as IAM names it: `ec2:CreateFlowLogs`. */
  readonly call: string;
  /** What the cloud calls the fault: `FlowLogAlreadyExists`. */
  readonly fault: string;

  /** `message` is what the cloud said, in its words. */
  constructor(
    code: CloudErrorCode,
    { call, fault, message }: { readonly call: string; readonly fault: string; readonly message: string },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.call = call;
    this.fault = fault;
  }
}
