import type { Glue, Table } from '@aws-sdk/client-glue';
import type { S3 } from '@aws-sdk/client-s3';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';

/** A file of a table, in the partition by which Athena would find it. */
export interface StoredFile {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
  /** The values of the partition's keys, in their order. */
  readonly values: readonly string[];
}

/** Where tables and files stand. */
export interface Catalog {
  readonly glue: Glue;
  readonly s3: S3;
}

/** The files of all partitions of a table: those that Glue knows, or those that the template of projection finds. */
export async function storedFiles(table: Table, catalog: Catalog): Promise<readonly StoredFile[]> {
  return table.Parameters?.['projection.enabled'] === 'true'
    ? projectedFiles(table, catalog)
    : addedFiles(table, catalog);
}

async function addedFiles({ DatabaseName, Name }: Table, { glue, s3 }: Catalog) {
  const { Partitions = [] } = await glue.getPartitions({ DatabaseName, TableName: Name });
  const found = Partitions.map(async ({ Values = [], StorageDescriptor }) => {
    const files = await filesUnder(StorageDescriptor?.Location ?? '', s3);
    return files.map((file) => ({ ...file, values: Values }));
  });
  return (await Promise.all(found)).flat();
}

/** Keys that stand in the template are read from the path; of the others the property tells the one value. */
async function projectedFiles(
  { Parameters = {}, PartitionKeys = [], StorageDescriptor }: Table,
  { s3 }: Catalog,
) {
  const template = Parameters['storage.location.template'] ?? '';
  const path = new RegExp(
    `^${template.replaceAll('.', String.raw`\.`).replaceAll(/\$\{(\w+)\}/g, '(?<$1>.+?)')}[^/]+$`,
  );
  const files = await filesUnder(StorageDescriptor?.Location ?? '', s3);
  return files.flatMap((file) => {
    const read = path.exec(`s3://${file.bucket}/${file.key}`)?.groups;
    if (read === undefined) return [];
    const values = PartitionKeys.map(
      ({ Name = '' }) => read[Name] ?? Parameters[`projection.${Name}.values`] ?? '',
    );
    const inRange = PartitionKeys.every(({ Name = '' }, index) => isInRange(values[index], Name, Parameters));
    return inRange ? [{ ...file, values }] : [];
  });
}

/** Times as text sort as they pass; a range of them ends `NOW`. */
function isInRange(value = '', key: string, parameters: Readonly<Record<string, string>>): boolean {
  const [first = ''] = (parameters[`projection.${key}.range`] ?? '').split(',');
  return parameters[`projection.${key}.type`] === 'integer' ? Number(value) >= Number(first) : value >= first;
}

async function filesUnder(location: string, s3: S3): Promise<readonly Omit<StoredFile, 'values'>[]> {
  const [, Bucket = '', Prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
  const found: Omit<StoredFile, 'values'>[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket, Prefix: slashed(Prefix) },
  ))
    found.push(...Contents.map(({ Key = '', Size = 0 }) => ({ bucket: Bucket, key: Key, bytes: Size })));
  return found;
}

function slashed(prefix: string): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
}
