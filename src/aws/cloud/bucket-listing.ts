import type {
  _Object as AwsObject,
  ListObjectVersionsCommandOutput,
  ListObjectVersionsRequest,
  S3,
} from '@aws-sdk/client-s3';
import type { BucketFolder, ObjectVersion, StoredObject } from '../../core/lake/buckets.ts';
import { callAws } from '../call.ts';
import { eachPage } from './pages.ts';

/** A prefix of a bucket whose objects are listed. */
export interface Listing {
  readonly bucket: string;
  readonly prefix: string;
}

/** One level under a prefix, from all pages. */
export async function listFolder(
  s3: S3,
  { bucket, prefix }: Listing,
  signal: AbortSignal,
): Promise<BucketFolder> {
  const objects: StoredObject[] = [];
  const prefixes: string[] = [];
  const pages = eachPage((ContinuationToken) =>
    callAws('s3:ListBucket', signal, async () => {
      const request = { Bucket: bucket, Prefix: prefix, Delimiter: '/', ContinuationToken };
      const page = await s3.listObjectsV2(request, { abortSignal: signal });
      return { items: [page], next: page.NextContinuationToken };
    }),
  );
  for await (const [page] of pages) {
    objects.push(...(page?.Contents ?? []).map(readObject));
    prefixes.push(...(page?.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix));
  }
  return { objects, prefixes };
}

/** Everything under a prefix, page by page. */
export function listPages(
  s3: S3,
  { bucket, prefix }: Listing,
  signal: AbortSignal,
): AsyncIterable<readonly StoredObject[]> {
  return eachPage((ContinuationToken) =>
    callAws('s3:ListBucket', signal, async () => {
      const request = { Bucket: bucket, Prefix: prefix, ContinuationToken };
      const page = await s3.listObjectsV2(request, { abortSignal: signal });
      return { items: (page.Contents ?? []).map(readObject), next: page.NextContinuationToken };
    }),
  );
}

function readObject({ Key = '', Size = 0, LastModified }: AwsObject): StoredObject {
  return { key: Key, bytes: Size, modifiedAt: LastModified ?? new Date(0) };
}

/** Where the listing of versions continues: S3 returns two markers. */
interface VersionMarker {
  readonly KeyMarker: string | undefined;
  readonly VersionIdMarker: string | undefined;
}

/**
 * Every version and delete marker under a prefix of a bucket of the account. A bucket that never had versions lists its
 * objects under the id `null`, which is left out; where versioning was only suspended that id is a version like any other.
 */
export async function* listVersions(
  s3: S3,
  { bucket, account, prefix }: Listing & { readonly account: string },
  signal: AbortSignal,
): AsyncGenerator<readonly ObjectVersion[]> {
  const { Status } = await callAws('s3:GetBucketVersioning', signal, () =>
    s3.getBucketVersioning({ Bucket: bucket, ExpectedBucketOwner: account }, { abortSignal: signal }),
  );
  let marker: VersionMarker | undefined = { KeyMarker: undefined, VersionIdMarker: undefined };
  while (marker !== undefined) {
    const request: ListObjectVersionsRequest = {
      Bucket: bucket,
      Prefix: prefix,
      ExpectedBucketOwner: account,
      ...marker,
    };
    const page: ListObjectVersionsCommandOutput = await callAws('s3:ListBucketVersions', signal, () =>
      s3.listObjectVersions(request, { abortSignal: signal }),
    );
    yield [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key = '', VersionId }) => ({
      key: Key,
      versionId: Status === undefined ? undefined : VersionId,
    }));
    marker = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
}
