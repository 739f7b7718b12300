import { readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog, StoredObject } from '../../fakes/athena/select/stored-files.ts';
import { s3Fault } from '../../fakes/aws/answers.ts';
import type { AwsAnswer, AwsCall } from '../../fakes/aws/fake-aws.ts';
import { listBucket } from '../../fakes/aws/fake-bucket.ts';
import { LAKE_FLOW_LOG, writeTextLake } from '../text-lake.ts';
import { ORGANISATION_BUCKET, type OrganisationLog, OWN_TABLES } from './organisation.ts';

/** What every flow log of the bucket has delivered. */
export interface DeliveredLake {
  readonly folder: string;
  readonly logs: readonly OrganisationLog[];
  /** Of each flow log. */
  readonly files: number;
  readonly recordsAFile: number;
  readonly fromSeconds: number;
}

/** A bucket in a folder: what S3 lists and gives of it, and what Athena reads. */
export interface BenchBucket {
  readonly objects: ReadonlyMap<string, number>;
  readonly catalog: Catalog;
  answer(call: AwsCall): AwsAnswer | Promise<AwsAnswer>;
}

/**
 * Writes the files of the first flow log; those of each other one have the same sizes and records, under its own names, and are
 * links to them.
 */
export async function writeBucket({ folder, logs, ...lake }: DeliveredLake): Promise<BenchBucket> {
  const written = join(folder, 'written');
  await writeTextLake({ folder: written, ...lake });
  const names = (await readdir(written, { recursive: true })).filter((name) => name.endsWith('.log.gz'));
  const objects = new Map<string, number>();
  const paths = new Map<string, string>();
  for (const log of logs) await symlink(written, join(folder, log.id));
  for (const name of names.toSorted()) {
    const { size } = await stat(join(written, name));
    for (const log of logs) {
      objects.set(keyOf(name, log), size);
      paths.set(keyOf(name, log), join(folder, log.id, name));
    }
  }
  const pathOf = (key: string) => paths.get(key);
  return { objects, catalog: catalogOf(objects, pathOf), answer: answersOf(objects, pathOf) };
}

function keyOf(name: string, { account, region, id }: OrganisationLog): string {
  return name
    .replaceAll(LAKE_FLOW_LOG.account, account)
    .replaceAll(LAKE_FLOW_LOG.region, region)
    .replace(LAKE_FLOW_LOG.id, id);
}

type PathOf = (key: string) => string | undefined;

function catalogOf(objects: ReadonlyMap<string, number>, pathOf: PathOf): Catalog {
  return {
    table: async (_, name) => OWN_TABLES.get(name),
    partitions: async () => [],
    now: () => new Date(),
    pathOf: async ({ key }) => pathOf(key) ?? '',
    async under(bucket, prefix) {
      const found: StoredObject[] = [];
      for (const [key, bytes] of objects) if (key.startsWith(prefix)) found.push({ bucket, key, bytes });
      return found;
    },
  };
}

function answersOf(objects: ReadonlyMap<string, number>, pathOf: PathOf): BenchBucket['answer'] {
  const list = listBucket(objects, { pageSize: 1_000 });
  return (call) => {
    const { pathname, searchParams } = new URL(call.path, 'http://s3');
    if (searchParams.has('list-type')) return list(call);
    return object(pathOf(decodeURIComponent(pathname).slice(`/${ORGANISATION_BUCKET}/`.length)), call);
  };
}

async function object(path: string | undefined, { headers }: AwsCall): Promise<AwsAnswer> {
  if (path === undefined) return s3Fault(404, 'NoSuchKey');
  const [, from = '0'] = /^bytes=(\d+)-$/.exec(headers.range ?? '') ?? [];
  const body = (await readFile(path)).subarray(Number(from));
  return { status: from === '0' ? 200 : 206, headers: { 'content-length': String(body.length) }, body };
}

/** Bytes and number of the objects whose key passes. */
export function sizeOf(
  objects: ReadonlyMap<string, number>,
  passes: (key: string) => boolean,
): { readonly bytes: number; readonly files: number } {
  const sizes = [...objects].filter(([key]) => passes(key)).map(([, bytes]) => bytes);
  return { bytes: sizes.reduce((sum, bytes) => sum + bytes, 0), files: sizes.length };
}
