import { UserError } from '../errors.ts';
import { inCode } from '../language/words/in-code.ts';
import { keyValue } from '../partition/partitions-touching.ts';
import type { FileOptions } from '../ports/cloud/flow-logs.ts';
import { DOT_FOLDER, hasDotFolder } from './dot-folder.ts';
import type { LogSource } from './log-source.ts';

type Placed = Pick<LogSource, 'account' | 'region' | 'files'>;

/**
 * The prefix under which AWS puts the files of a flow log, below it only times: with a slash at the end.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html
 * @throws UserError for a prefix that programs would take for another place.
 */
export function sourceRoot({ account, region, files: { prefix, files } }: Placed): string {
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
export function folderAt({ hive, hourly }: FileOptions, startSeconds: number): string {
  const plain = hourly ? 'yyyy/MM/dd/HH' : 'yyyy/MM/dd';
  const named = `'year='yyyy'/month='MM'/day='dd${hourly ? "'/hour='HH" : ''}`;
  return keyValue({ pattern: hive ? named : plain }, startSeconds);
}

/** A location in S3 as a URL. */
export function s3Url(bucket: string, prefix: string): string {
  return `s3://${bucket}/${prefix}`;
}
