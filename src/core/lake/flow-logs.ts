import type { AWS_LIMITS } from '../flow-log/aws-limits.ts';
import type { ShownTags } from '../flow-log/fields.ts';

/** Which records a flow log keeps. */
export type TrafficType = 'ALL' | 'ACCEPT' | 'REJECT';

/** How the files of a flow log are written to S3. */
export interface FileLayout {
  readonly format: 'text' | 'parquet';
  /** `year=2026/month=11/…` instead of `2026/11/…`. */
  readonly hive: boolean;
  /** A folder for every hour instead of for every day. */
  readonly hourly: boolean;
}

/** Where a flow log delivers to. */
export type FlowLogDestination =
  /** `prefix` has no slash at either end and may be empty. */
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string; readonly files: FileLayout }
  | { readonly kind: 'cloud-watch-logs'; readonly logGroup: string }
  | { readonly kind: 'firehose'; readonly arn: string };

/** The state of delivery, as AWS reports it; `pending` until it was tried for the first time. */
export interface DeliveryState {
  readonly status: 'succeeding' | 'failing' | 'pending';
  /** AWS's words; empty when there is nothing to say. */
  readonly error: string;
}

/** A flow log that exists. */
export interface FlowLog {
  /** `fl-…`. */
  readonly id: string;
  /** The VPC, subnet or network interface whose traffic it records; or what flowlog does not read, as a gateway. */
  readonly resourceId: string;
  /** Undefined for transit gateways, which record no decisions. */
  readonly trafficType: TrafficType | undefined;
  /** Field names in the order in which they are written, as in the header: `pkt-srcaddr`. */
  readonly fields: readonly string[];
  readonly destination: FlowLogDestination;
  readonly maxIntervalSeconds: number;
  readonly createdAt: Date;
  readonly delivery: DeliveryState;
  readonly tags: Readonly<Record<string, string>>;
}

/** A flow log to be created. */
export interface WantedFlowLog {
  readonly resourceIds: readonly string[];
  readonly trafficType: TrafficType;
  /** Undefined for the default format, which AWS keeps for itself. */
  readonly fields: readonly string[] | undefined;
  /** For each kind of tag fields among them which tags they show. */
  readonly shownTags?: readonly ShownTags[];
  readonly destination: Exclude<FlowLogDestination, { readonly kind: 'firehose' }>;
  /** The role by which AWS writes to CloudWatch Logs; S3 takes none. */
  readonly deliveryRoleArn?: string;
  readonly maxIntervalSeconds: (typeof AWS_LIMITS.intervalsSeconds)[number];
  readonly tags: Readonly<Record<string, string>>;
}

/** One of several things asked for in a call that succeeded as a whole; AWS lists it with the successes. */
export interface Unsuccessful {
  readonly id: string;
  readonly code: string;
  readonly message: string;
}

/** What creating came to. */
export interface CreatedFlowLogs {
  readonly ids: readonly string[];
  readonly unsuccessful: readonly Unsuccessful[];
}

/** Which flow logs are meant; every condition that is given must hold, none means all. */
export interface FlowLogFilter {
  readonly ids?: readonly string[];
  readonly resourceIds?: readonly string[];
  readonly tag?: { readonly key: string; readonly value: string };
}

/** Flow logs of one region of one account. */
export interface FlowLogs {
  /** All that match, from all pages, oldest first. Ids that do not exist are left out. */
  describe(filter: FlowLogFilter, signal: AbortSignal): Promise<readonly FlowLog[]>;
  /** Creates one flow log a resource. The same token creates once, however often it is sent. @throws CloudError */
  create(wanted: WantedFlowLog, token: string, signal: AbortSignal): Promise<CreatedFlowLogs>;
  /** Asks whether `create` would be allowed, without creating. @throws CloudError `denied` when it is not. */
  mayCreate(wanted: WantedFlowLog, signal: AbortSignal): Promise<void>;
  /** Stops recording; files that were delivered stay. @returns what could not be deleted. @throws CloudError */
  delete(ids: readonly string[], signal: AbortSignal): Promise<readonly Unsuccessful[]>;
  /** AWS's own CloudFormation template that makes an Athena table, queries and a partition loader for a flow log. */
  integrationTemplate(wanted: WantedIntegration, signal: AbortSignal): Promise<string>;
}

/** What AWS's integration template is made for. Locations are `s3://…/`. */
export interface WantedIntegration {
  readonly flowLogId: string;
  readonly templateLocation: string;
  readonly resultLocation: string;
  readonly partitionLoad: 'none' | 'daily' | 'weekly' | 'monthly';
}
