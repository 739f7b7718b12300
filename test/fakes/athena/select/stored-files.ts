import type { Table } from '@aws-sdk/client-glue';
import { projectionOf } from './projection.ts';

/** A table as Glue tells it, with its database and its name. */
export type TableInGlue = Table & { readonly DatabaseName: string; readonly Name: string };

/** An object of S3. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
}

/** A file of a table, in the partition by which Athena would find it. */
export interface StoredFile extends StoredObject {
  /** The values of the partition's keys, in their order. */
  readonly values: readonly string[];
}

/** A partition that was added by a statement. */
interface AddedPartition {
  readonly values: readonly string[];
  readonly location: string;
}

/** Where tables and files are. */
export interface Catalog {
  table(database: string, name: string): Promise<TableInGlue | undefined>;
  partitions(table: TableInGlue): Promise<readonly AddedPartition[]>;
  /** The objects under a prefix that ends with a slash, or in the whole bucket. */
  under(bucket: string, prefix: string): Promise<readonly StoredObject[]>;
  /** What Athena takes for NOW. */
  now(): Date;
  /** Where DuckDB finds an object. */
  pathOf(object: StoredObject): Promise<string>;
}

/** The files of all partitions of a table: those that were added, or those that the template of projection finds. */
export async function storedFiles(table: TableInGlue, catalog: Catalog): Promise<readonly StoredFile[]> {
  return table.Parameters?.['projection.enabled'] === 'true'
    ? projectedFiles(table, catalog)
    : addedFiles(table, catalog);
}

async function addedFiles(table: TableInGlue, catalog: Catalog): Promise<readonly StoredFile[]> {
  const found = (await catalog.partitions(table)).map(async ({ values, location }) => {
    const files = await filesUnder(location, catalog);
    return files.map((file) => ({ ...file, values }));
  });
  return (await Promise.all(found)).flat();
}

/** Files under the location of a projected partition; one that no partition has is not there for Athena. */
async function projectedFiles(table: TableInGlue, catalog: Catalog): Promise<readonly StoredFile[]> {
  const valuesOf = projectionOf(table, catalog.now());
  const template = table.Parameters?.['storage.location.template'] ?? table.StorageDescriptor?.Location ?? '';
  const files = await filesUnder(template.replace(/[^/]*\$\{.*$/, ''), catalog);
  return files.flatMap((file) => {
    const values = valuesOf(`s3://${file.bucket}/${file.key}`);
    return values === undefined ? [] : [{ ...file, values }];
  });
}

async function filesUnder(location: string, catalog: Catalog): Promise<readonly StoredObject[]> {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
  return catalog.under(bucket, prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`);
}
