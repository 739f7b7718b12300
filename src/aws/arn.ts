import { build, parse, validate } from '@aws-sdk/util-arn-parser';
import { arnPartition } from '../core/flow-log/object-key.ts';

/** A folder of a bucket; the prefix has no slash at either end and may be empty. */
export interface BucketPrefix {
  readonly bucket: string;
  readonly prefix: string;
}

const LOCATION = /^s3:\/\/([^/]+)\/?(.*)$/;

/** Reads `arn:aws:s3:::bucket/prefix/`; undefined for any other ARN. */
export function readBucketArn(text: string): BucketPrefix | undefined {
  if (!validate(text)) return undefined;
  const { service, resource } = parse(text);
  const [bucket = '', ...prefix] = resource.split('/');
  if (service !== 's3' || bucket === '') return undefined;
  return { bucket, prefix: withoutSlashes(prefix.join('/')) };
}

/** Reads the name of a log group from its ARN; undefined for any other text. */
export function readLogGroupArn(text: string): string | undefined {
  if (!validate(text)) return undefined;
  const [kind, logGroup] = parse(text).resource.split(':');
  return kind === 'log-group' ? logGroup : undefined;
}

/** The account that an ARN names; empty where it names none. */
export function accountOfArn(text: string): string {
  return validate(text) ? parse(text).accountId : '';
}

/** Writes the ARN of a folder of a bucket, in the ARN partition of a region. */
export function bucketArn({ bucket, prefix }: BucketPrefix, region: string): string {
  return build({
    partition: arnPartition(region),
    service: 's3',
    region: '',
    accountId: '',
    resource: `${bucket}${prefix === '' ? '' : `/${prefix}/`}`,
  });
}

/**
 * Writes the ARN of `s3://bucket/prefix/`, which EC2 takes where others take a location.
 * @throws RangeError for any other text.
 */
export function locationArn(location: string, region: string): string {
  const [, bucket, prefix = ''] = LOCATION.exec(location) ?? [];
  if (bucket === undefined) throw new RangeError(`not a location in S3: ${location}`);
  return bucketArn({ bucket, prefix: withoutSlashes(prefix) }, region);
}

function withoutSlashes(prefix: string): string {
  return prefix.replace(/^\/+|\/+$/g, '');
}
