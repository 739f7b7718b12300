import type { ListObjectVersionsCommandOutput, ListObjectVersionsRequest, S3 } from '@aws-sdk/client-s3';
import type { ObjectVersion } from '../../../core/lake/buckets.ts';
import { calling } from '../../fault/calling.ts';
import type { Listing } from './list-objects.ts';

/** Where the listing of versions goes on: S3 names the place by two marks. */
interface Mark {
  readonly KeyMarker: string | undefined;
  readonly VersionIdMarker: string | undefined;
}

/**
 * Every version and deletion mark under a prefix of a bucket of the account, to be deleted. A bucket that never had versions lists its objects under the id
 * `null`, which is left out; where versions were only suspended that id is a version like any other.
 */
export async function* listVersions(
  s3: S3,
  { bucket, account, prefix }: Listing & { readonly account: string },
  signal: AbortSignal,
): AsyncGenerator<readonly ObjectVersion[]> {
  const { Status } = await calling('s3:GetBucketVersioning', signal, () =>
    s3.getBucketVersioning({ Bucket: bucket, ExpectedBucketOwner: account }, { abortSignal: signal }),
  );
  let mark: Mark | undefined = { KeyMarker: undefined, VersionIdMarker: undefined };
  while (mark !== undefined) {
    const request: ListObjectVersionsRequest = {
      ...{ Bucket: bucket, Prefix: prefix, ExpectedBucketOwner: account },
      ...mark,
    };
    const page: ListObjectVersionsCommandOutput = await calling('s3:ListBucketVersions', signal, () =>
      s3.listObjectVersions(request, { abortSignal: signal }),
    );
    yield [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key = '', VersionId }) => ({
      key: Key,
      versionId: Status === undefined ? undefined : VersionId,
    }));
    mark = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
}
