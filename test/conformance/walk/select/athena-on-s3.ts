import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EntityNotFoundException, type Glue } from '@aws-sdk/client-glue';
import { paginateListObjectsV2, type S3 } from '@aws-sdk/client-s3';
import type { Engine } from '../../../../src/core/answer/engine.ts';
import { runOverCatalog } from '../../../fakes/athena/select/run-over-catalog.ts';
import type { Catalog, StoredObject } from '../../../fakes/athena/select/stored-files.ts';

/** What running a SELECT needs. */
export interface AthenaOnS3 {
  readonly glue: Glue;
  readonly s3: S3;
  /** Where files are put for DuckDB. */
  readonly folder: string;
  readonly now: () => Date;
}

/**
 * Runs SELECTs as Athena would: over the tables and partitions in Glue and the files in S3, both
 * asked for through the SDK.
 */
export function createAthenaOnS3({ glue, s3, folder, now }: AthenaOnS3): Engine {
  return runOverCatalog(
    { ...inGlue(glue), ...inS3(s3, folder), now },
    { lakeFolder: folder, spillFolder: join(folder, 'spill') },
  );
}

function inGlue(glue: Glue): Pick<Catalog, 'table' | 'partitions'> {
  return {
    async table(DatabaseName, Name) {
      const { Table } = await glue.getTable({ DatabaseName, Name }).catch((error: unknown) => {
        if (!(error instanceof EntityNotFoundException)) throw error;
        return { Table: undefined };
      });
      return Table && { ...Table, DatabaseName, Name };
    },
    async partitions({ DatabaseName, Name: TableName }) {
      const { Partitions = [] } = await glue.getPartitions({ DatabaseName, TableName });
      return Partitions.map(({ Values = [], StorageDescriptor }) => ({
        values: Values,
        location: StorageDescriptor?.Location ?? '',
      }));
    },
  };
}

function inS3(s3: S3, folder: string): Pick<Catalog, 'under' | 'pathOf'> {
  return {
    async under(bucket, Prefix) {
      const found: StoredObject[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix }))
        found.push(...Contents.map(({ Key = '', Size = 0 }) => ({ bucket, key: Key, bytes: Size })));
      return found;
    },
    async pathOf({ bucket, key }) {
      const path = join(folder, bucket, key);
      await mkdir(dirname(path), { recursive: true });
      const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
      await writeFile(path, (await Body?.transformToByteArray()) ?? '');
      return path;
    },
  };
}
