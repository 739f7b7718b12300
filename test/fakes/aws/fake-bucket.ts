import { s3Fault, xml } from './answers.ts';
import type { AwsAnswer, AwsCall } from './fake-aws.ts';
import { toXml } from './to-xml.ts';

/** Lists a bucket of keys and sizes as S3 does, in short pages: one level with a delimiter, everything without. */
export function listBucket(
  objects: ReadonlyMap<string, number>,
  { pageSize }: { readonly pageSize: number },
): (call: AwsCall) => AwsAnswer {
  return ({ path }) => {
    const query = new URL(path, 'http://s3').searchParams;
    if (query.get('list-type') !== '2') return s3Fault(400, 'NotImplemented');
    const entries = entriesUnder(objects, query.get('prefix') ?? '', query.get('delimiter') ?? '');
    const first = Number(query.get('continuation-token') ?? 0);
    const page = entries.slice(first, first + pageSize);
    const next = first + pageSize < entries.length ? String(first + pageSize) : undefined;
    const parts = page.map(([key, bytes]) => entry(key, bytes));
    const end = toXml({ IsTruncated: next !== undefined, NextContinuationToken: next });
    return xml(`<ListBucketResult>${parts.join('')}${end}</ListBucketResult>`);
  };
}

/** Keys, and in place of all that lie in one folder the folder's prefix. */
function entriesUnder(
  objects: ReadonlyMap<string, number>,
  prefix: string,
  delimiter: string,
): readonly [string, number | undefined][] {
  const entries = new Map<string, number | undefined>();
  for (const [key, bytes] of objects) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) entries.set(key, bytes);
    else entries.set(key.slice(0, end + 1), undefined);
  }
  return [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function entry(key: string, bytes: number | undefined): string {
  if (bytes === undefined) return toXml({ CommonPrefixes: { Prefix: key } });
  return toXml({ Contents: { Key: key, Size: bytes, LastModified: '2026-03-05T12:10:00.000Z' } });
}
