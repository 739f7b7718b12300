import { AWS_LIMITS } from '../aws-limits.ts';

const { bucketNameLeast: least, bucketName: most } = AWS_LIMITS;
const LOCATION = new RegExp(`^s3://(?=[^/]{${least},${most}}/)[a-z0-9][a-z0-9.-]*[a-z0-9]/(?:.*/)?$`, 's');

/**
 * A folder in S3 that a table or partition reads.
 * @throws RangeError for what is not `s3://bucket/…/`: without the slash at the end `fl-1` would read `fl-10` too.
 */
export function checkedLocation(location: string): string {
  if (!LOCATION.test(location)) throw new RangeError(`not a folder in S3: ${location}`);
  return location;
}
