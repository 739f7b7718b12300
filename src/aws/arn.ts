/** A place in a bucket; the prefix has no slash at either end and may be empty. */
export interface BucketPlace {
  readonly bucket: string;
  readonly prefix: string;
}

const BUCKET_ARN = /^arn:aws[\w-]*:s3:::([^/]+)\/?(.*)$/;
const LOCATION = /^s3:\/\/([^/]+)\/?(.*)$/;

/** Reads `arn:aws:s3:::bucket/prefix/`; undefined for any other ARN. */
export function readBucketArn(arn: string): BucketPlace | undefined {
  const [, bucket, prefix = ''] = BUCKET_ARN.exec(arn) ?? [];
  return bucket === undefined ? undefined : { bucket, prefix: withoutSlashes(prefix) };
}

/** Writes a place as an ARN of the region's part of AWS. */
export function bucketArn({ bucket, prefix }: BucketPlace, region: string): string {
  return `arn:${partitionOf(region)}:s3:::${bucket}${prefix === '' ? '' : `/${prefix}/`}`;
}

/**
 * The ARN of `s3://bucket/prefix/`, which EC2 asks for where others take a location.
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

/** The part of AWS that a region belongs to, as ARNs name it: China and GovCloud are worlds of their own. */
export function partitionOf(region: string): 'aws' | 'aws-cn' | 'aws-us-gov' {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
