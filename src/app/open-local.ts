import { resolve } from 'node:path';
import type { Engine } from '../core/answer/engine.ts';
import type { Sources } from '../core/lake/sources.ts';
import { createDuckdbEngine } from '../duckdb/duckdb-engine.ts';
import { createFlowLogFinder } from '../duckdb/lake/find-flow-logs.ts';
import { createFolderLake } from '../duckdb/lake/folder-lake.ts';
import { createParquetInspector } from '../duckdb/lake/inspect-parquet.ts';
import { createInspector } from '../duckdb/lake/inspector.ts';
import { createFolderFiles } from '../duckdb/lake/lake-files.ts';
import { createLocalSources } from '../duckdb/lake/local-sources.ts';
import { openDuckdb } from '../duckdb/open-duckdb.ts';

/** How the embedded engine is opened over a folder. */
export interface LocalOptions {
  readonly lakeFolder: string;
  /** How the lake is called in answers; its folder when left out. */
  readonly name?: string;
  readonly spillFolder: string;
  readonly memoryLimitMb: number;
  readonly threads: number;
  readonly now: () => Date;
  readonly elapsedMs: () => number;
  readonly newId: () => string;
}

/** Flow logs in a folder and the engine that answers from them. */
export interface Local {
  readonly sources: Sources;
  readonly engine: Engine;
  close(): void;
}

/** Opens the embedded engine over a folder in AWS's S3 layout. */
export async function openLocal(options: LocalOptions): Promise<Local> {
  const root = resolve(options.lakeFolder);
  const duckdb = await openDuckdb(options);
  const inspect = createInspector({ root, now: options.now, inspectParquet: createParquetInspector(duckdb) });
  return {
    sources: createLocalSources({
      place: { kind: 'folder', path: root },
      name: options.name ?? options.lakeFolder,
      lake: createFolderLake(root),
      inspect,
      findFlowLogs: createFlowLogFinder(root),
    }),
    engine: createDuckdbEngine({
      duckdb,
      lakeFiles: createFolderFiles(root, inspect),
      elapsedMs: options.elapsedMs,
      newId: options.newId,
    }),
    close: () => duckdb.closeSync(),
  };
}
