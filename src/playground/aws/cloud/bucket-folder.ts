import { join } from 'node:path';

/** The bucket of the flow log that the sample network has from the beginning; its files are at the lake's own root. */
export const SAMPLE_BUCKET = 'sample-flow-logs';

/** The folder of a bucket, relative to the sample's own: buckets that were set up stand beside each other. */
export function bucketFolder(bucket: string): string {
  return bucket === SAMPLE_BUCKET ? '' : join('buckets', bucket);
}
