import { UserError } from '../errors.ts';
import { inCode } from '../wording.ts';
import type { AdoptedTable } from './adopted-table.ts';
import type { FileLayout, FlowLog, FlowLogDestination, TrafficType } from './flow-logs.ts';
import type { Resource } from './network.ts';
import { keyValue } from './partitioning.ts';

/** Where the records of a source are: files in S3 or in a folder of this machine, or events of a log group. */
type SourcePlace = S3Place | FolderPlace | LogGroupPlace;

/** A bucket and a prefix, and how files are laid out there. */
export type S3Place = Extract<FlowLogDestination, { readonly kind: 's3' }>;

/** A folder that holds files in AWS's S3 layouts. */
export interface FolderPlace {
  readonly kind: 'folder';
  readonly path: string;
}

/** A log group of CloudWatch Logs. */
type LogGroupPlace = Extract<FlowLogDestination, { readonly kind: 'cloud-watch-logs' }>;

/** Flow logs of one place: a flow log that was found in the cloud, or a place that is listed in the configuration. */
export interface LogSource<P extends SourcePlace = SourcePlace> {
  /** How it is called in lines and answers: the id of its flow log, or a configured name. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly place: P;
  /** Field names in the order of the files. */
  readonly fields: readonly string[];
  readonly trafficType: TrafficType | undefined;
  /** What it records the traffic of; undefined when that is gone, or not known. */
  readonly resource: Resource | undefined;
  /** Undefined for a source that is only configured. */
  readonly flowLog: FlowLog | undefined;
  /** A table that was not made by flowlog, as configured; undefined where flowlog's own is used. */
  readonly adopted: AdoptedTable | undefined;
}

/** A source whose files are in S3: Athena reads them through a table. */
export type S3Source = LogSource<S3Place>;

/** A source whose records are in CloudWatch Logs. */
export type LogGroupSource = LogSource<LogGroupPlace>;

/** A source of an account. */
export type CloudSource = S3Source | LogGroupSource;

export function isOnS3(source: CloudSource): source is S3Source {
  return source.place.kind === 's3';
}

export function isInLogGroup(source: CloudSource): source is LogGroupSource {
  return source.place.kind === 'cloud-watch-logs';
}

/** The place of a source of which only its table is known: its files are where the catalog keeps them. */
export const UNLISTED_PLACE: S3Place = {
  kind: 's3',
  bucket: '',
  prefix: '',
  files: { format: 'parquet', hive: false, hourly: false },
};

/** Whether the files of a source can be listed: those of an Iceberg table are known to its engine alone. */
export function isListed({ place }: Pick<CloudSource, 'place'>): boolean {
  return place.kind !== 's3' || place.bucket !== '';
}

/** `fl-… on subnet-…`, as a reader knows it. */
export function nameWithResource({ name, resource }: Pick<LogSource, 'name' | 'resource'>): string {
  return resource === undefined ? name : `${name} on ${resource.id}`;
}

type Placed = Pick<S3Source, 'account' | 'region' | 'place'>;

/**
 * The prefix under which AWS puts the files of a flow log, below it only times: with a slash at the end.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html
 * @throws UserError for a prefix that programs would take for another place.
 */
export function sourceRoot({ account, region, place: { prefix, files } }: Placed): string {
  if (hasDotFolder(prefix))
    throw new UserError(`The prefix ${inCode(prefix)} ${DOT_FOLDER}.`, {
      hint: 'Deliver the flow log under another prefix: `setup … prefix=`.',
    });
  const place = files.hive
    ? `aws-account-id=${account}/aws-service=vpcflowlogs/aws-region=${region}`
    : `${account}/vpcflowlogs/${region}`;
  return `${prefix === '' ? '' : `${prefix}/`}AWSLogs/${place}/`;
}

/** The folder of an hour or a day below the root, by when it began, in epoch seconds: `2026/11/24/09`. */
export function folderAt({ hive, hourly }: FileLayout, startSeconds: number): string {
  const plain = hourly ? 'yyyy/MM/dd/HH' : 'yyyy/MM/dd';
  const named = `'year='yyyy'/month='MM'/day='dd${hourly ? "'/hour='HH" : ''}`;
  return keyValue({ pattern: hive ? named : plain }, startSeconds);
}

/** A location in S3 as a URL. */
export function s3Url(bucket: string, prefix: string): string {
  return `s3://${bucket}/${prefix}`;
}

/**
 * Whether a prefix has a folder named `.` or `..`. S3 keeps such names as they are, while libraries, consoles and file
 * systems take them for the folder itself and the one above, so that what is listed, read and deleted would differ.
 */
export function hasDotFolder(prefix: string): boolean {
  return prefix.split('/').some((folder) => folder === '.' || folder === '..');
}

/** Why a prefix with such a folder is not used. */
export const DOT_FOLDER = 'has a folder named `.` or `..`, which programs take for another place';
