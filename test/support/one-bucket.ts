import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import type { Answer } from '../../src/core/answer/answer.ts';
import { createAsk } from '../../src/core/answer/ask.ts';
import { DEFAULT_PRICES } from '../../src/core/answer/cost.ts';
import type { Engine } from '../../src/core/answer/engine.ts';
import { createCloudSources, rememberedSources } from '../../src/core/lake/cloud-sources.ts';
import { type Lake, lakeOver, type OpenFolder } from '../../src/core/lake/lake.ts';
import { type S3Source, sourceRoot } from '../../src/core/lake/log-source.ts';
import { onlyThroughTables } from '../../src/core/lake/read-direct.ts';
import { createReadTables } from '../../src/core/lake/read-tables.ts';
import { type PartitionMode, tableFor } from '../../src/core/lake/table-for.ts';
import type { Tables } from '../../src/core/lake/tables.ts';
import { ownFolders } from '../../src/core/lake/whose-files.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import { openFolder } from '../../src/duckdb/lake/folder-lake.ts';
import { createStateFile } from '../../src/playground/aws/cloud/sample-state.ts';
import { createSampleTables } from '../../src/playground/aws/cloud/sample-tables.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { engineOf } from '../aws/athena/open-athena.ts';
import { type FakeAthena, openFakeAthena } from '../fakes/athena/fake-athena.ts';
import { runOverCatalog } from '../fakes/athena/select/run-over-catalog.ts';
import type { Catalog } from '../fakes/athena/select/stored-files.ts';
import { tableInGlue } from '../fakes/athena/select/table-in-glue.ts';
import type { PlainRecord } from './flow.ts';
import { tempFolder } from './open-local-lake.ts';
import { writeLake } from './write-lake.ts';

const DATABASE = 'flowlog';
const DAY_SECONDS = 86_400;

/** A bucket in which flow logs deliver, and the app that asks them by Athena: only Glue and S3 are played by a folder. */
export interface OneBucket {
  readonly folder: string;
  readonly athena: FakeAthena;
  readonly tables: Tables;
  /** Plays AWS's delivery for a flow log, whether the app knows it or not. */
  deliver(source: S3Source, records: readonly PlainRecord[]): Promise<readonly string[]>;
  makeTable(source: S3Source, mode?: PartitionMode, since?: Date): Promise<void>;
  /** Asks a line of some flow logs that are known; of the same identity again, as after a restart. */
  ask(line: string, known: readonly S3Source[], identity?: string): Promise<Answer>;
}

/** How a bucket differs from an empty one that a fake of Athena reads. */
export interface OneBucketOptions {
  /** The content of the bucket; a new folder when left out. */
  readonly folder?: string;
  readonly database?: string;
  /** What answers instead of the fake, given what the fake would answer by. */
  readonly engineOver?: (played: Engine) => Engine;
}

/** Opens a bucket at an instant. */
export async function openOneBucket(now: Date, options: OneBucketOptions = {}): Promise<OneBucket> {
  const { folder = await tempFolder('bucket'), database = DATABASE, engineOver } = options;
  const tables = createSampleTables(createStateFile(await tempFolder('glue')));
  const spillFolder = await tempFolder('spill');
  const played = runOverCatalog(catalogOf(tables, folder, now), { lakeFolder: folder, spillFolder });
  onTestFinished(() => played.close());
  const athena = await openFakeAthena(played);
  const nothing = { name: '', region: '', fields: [] };
  athena.addDatabase(database, { source: nothing, ...EMPTY });
  const engine = engineOver?.(played) ?? engineOf(athena);
  const stores = await openStores({ path: join(await tempFolder('state'), 'state.db') });
  onTestFinished(() => stores.close());
  const { signal } = new AbortController();
  return {
    folder,
    athena,
    tables,
    deliver: ({ account, region, place: files, fields, flowLog }, records) =>
      writeLake(folder, records, {
        account,
        region,
        fields,
        prefix: files.prefix,
        flowLog: flowLog?.id ?? '',
        format: files.files.format === 'parquet' ? 'parquet' : 'gz',
        layout: layoutOf(files.files),
      }),
    makeTable: (source, mode = 'projected', since = new Date('2026-01-01T00:00:00Z')) =>
      tables.createTable(tableFor(source, { database, mode, since }), signal),
    async ask(line, known, identity) {
      const read = onlyThroughTables(
        createReadTables({ tables, database, lakeOf: (source) => lakeIn(folder, source), now: () => now }),
      );
      const found = { sources: known, logGroups: [], others: [], problems: [], foundAt: now };
      const cloud = { name: 'aws', sites: async () => [], tables } as const;
      const sources = createCloudSources({ cloud, book: { found: async () => found }, read });
      const ask = createAsk({
        sources: rememberedSources(sources, stores.scans),
        engine,
        prices: DEFAULT_PRICES,
        longestWindowSeconds: DAY_SECONDS,
        now: () => now,
      });
      const question = readRequest(line, { catalog, now, zone: 'UTC', longestWindowSeconds: DAY_SECONDS });
      if (!('query' in question)) throw new RangeError(`${line} is no question`);
      return ask(question, { signal, ...(identity !== undefined && { identity }) });
    },
  };
}

const EMPTY = { tables: [], objects: [], unread: [], notes: [], storedRange: undefined };

function layoutOf({ hive, hourly }: S3Source['place']['files']) {
  if (hive) return hourly ? 'hive-hourly' : 'hive';
  return hourly ? 'hourly' : 'daily';
}

function lakeIn(folder: string, source: S3Source): Lake {
  const open: OpenFolder = (path) => openFolder(folder, path).catch(() => undefined);
  return lakeOver(ownFolders(open, source), sourceRoot(source).replace(/\/$/, ''));
}

function catalogOf(tables: Tables, folder: string, now: Date): Catalog {
  const { signal } = new AbortController();
  return {
    async table(database, name) {
      const stored = await tables.table(database, name, signal);
      return stored && tableInGlue(stored);
    },
    partitions: ({ DatabaseName, Name }) => tables.partitions(DatabaseName, Name, signal),
    async under(bucket, prefix) {
      const names = await readdir(join(folder, prefix), { recursive: true });
      const found = names.map(async (name) => {
        const stats = await stat(join(folder, prefix, name));
        return stats.isFile() ? [{ bucket, key: `${prefix}${name}`, bytes: stats.size }] : [];
      });
      return (await Promise.all(found)).flat();
    },
    now: () => now,
    pathOf: async ({ key }) => join(folder, key),
  };
}
