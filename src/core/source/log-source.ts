import type { FlowLog, FlowLogDestination, TrafficType } from '../ports/cloud/flow-logs.ts';
import type { Resource } from '../ports/cloud/network.ts';
import type { LogTable } from '../ports/scan.ts';

/** Where the files of a flow log are. */
export type FilesOnS3 = Extract<FlowLogDestination, { readonly kind: 's3' }>;

/** A flow log whose files can be asked: found in the cloud, or listed in the configuration. */
export interface LogSource {
  /** How it is called in lines and answers: the id of its flow log, or a configured name. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly files: FilesOnS3;
  /** Field names in the order of the files. */
  readonly fields: readonly string[];
  readonly trafficType: TrafficType | undefined;
  /** What it records the traffic of; undefined when that is gone, or not known. */
  readonly resource: Resource | undefined;
  /** Undefined for a source that is only configured. */
  readonly flowLog: FlowLog | undefined;
  /** A table that somebody made by hand, as configured; undefined where flowlog's own is used. */
  readonly adopted: LogTable | undefined;
}

/** `fl-… on subnet-…`, as a reader knows it. */
export function nameWithResource({ name, resource }: LogSource): string {
  return resource === undefined ? name : `${name} on ${resource.id}`;
}
