import type { JudgedAws } from './judged-aws.ts';

/** A handful at once keeps a server in one thread busy. */
const AT_ONCE = 20;

/** Writes objects through S3, as AWS's delivery would. */
export async function putObjects(
  { clients }: JudgedAws,
  Bucket: string,
  objects: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const s3 = await clients.s3();
  const entries = Object.entries(objects);
  for (let first = 0; first < entries.length; first += AT_ONCE) {
    const batch = entries.slice(first, first + AT_ONCE);
    await Promise.all(batch.map(([Key, body]) => s3.putObject({ Bucket, Key, Body: Buffer.from(body) })));
  }
}
