import type { HeadBucketCommandOutput, HeadBucketRequest, S3 } from '@aws-sdk/client-s3';
import { CloudError } from '../../../core/lake/cloud.ts';
import { calling } from '../../fault/calling.ts';

/**
 * Asks for a bucket by HEAD, whose answers have no body: of expired credentials S3 says 400 and not a word. Where it is
 * said that the request is wrong and not why, a listing is asked, which needs the same permission and names the fault.
 */
export function headBucket(
  s3: S3,
  request: HeadBucketRequest,
  signal: AbortSignal,
): Promise<HeadBucketCommandOutput> {
  const options = { abortSignal: signal };
  return calling('s3:ListBucket', signal, () => s3.headBucket(request, options)).catch(
    async (error: unknown) => {
      if (error instanceof CloudError && error.code === 'refused')
        await calling('s3:ListBucket', signal, () => s3.listObjectsV2({ ...request, MaxKeys: 1 }, options));
      throw error;
    },
  );
}
