import type { _Object as AwsObject, S3 } from '@aws-sdk/client-s3';
import type { BucketFolder, StoredObject } from '../../../core/lake/buckets.ts';
import { calling } from '../../fault/calling.ts';
import { eachPage } from '../pages.ts';

/** A place in a bucket whose objects are listed. */
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
    calling('s3:ListBucket', signal, async () => {
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
    calling('s3:ListBucket', signal, async () => {
      const request = { Bucket: bucket, Prefix: prefix, ContinuationToken };
      const page = await s3.listObjectsV2(request, { abortSignal: signal });
      return { items: (page.Contents ?? []).map(readObject), next: page.NextContinuationToken };
    }),
  );
}

function readObject({ Key = '', Size = 0, LastModified }: AwsObject): StoredObject {
  return { key: Key, bytes: Size, modifiedAt: LastModified ?? new Date(0) };
}
