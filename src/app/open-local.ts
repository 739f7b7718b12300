import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../core/answer/engine.ts';
import type { SlotRange } from '../core/flow-log/slots.ts';
import type { Sources } from '../core/lake/sources.ts';
import { createDuckdbEngine } from '../duckdb/duckdb-engine.ts';
import { createInflatedTexts } from '../duckdb/kept/inflated-texts.ts';
import { createKeptFiles } from '../duckdb/kept/kept-files.ts';
import { INFLATED } from '../duckdb/kept/kept-folder.ts';
import { createKeptSlots, type KeptSlots } from '../duckdb/kept/kept-slots.ts';
import { createFlowLogFinder } from '../duckdb/lake/find-flow-logs.ts';
import { createFolderLake } from '../duckdb/lake/folder-lake.ts';
import type { LookIntoText } from '../duckdb/lake/glance-text.ts';
import { createParquetInspector } from '../duckdb/lake/inspect-parquet.ts';
import { createInspector, type Inspect } from '../duckdb/lake/inspector.ts';
import { createFolderFiles, type LakeFiles } from '../duckdb/lake/lake-files.ts';
import { createLocalSources } from '../duckdb/lake/local-sources.ts';
import { createTextThreads } from '../duckdb/lake/text-threads.ts';
import { type Duckdb, openDuckdb } from '../duckdb/open-duckdb.ts';
import { eventLoopFirst } from './event-loop-first.ts';
import { removeLeftBehind } from './left-behind.ts';
import { PROCESS_NAME } from './this-process.ts';

/** How the embedded engine is opened over a folder. */
export interface LocalOptions {
  readonly lakeFolder: string;
  /** How the lake is called in answers; its folder when left out. */
  readonly name?: string;
  /** Where text is kept as Parquet once it was read, and how much; left out where nothing is kept. */
  readonly kept?: { readonly folder: string; readonly mostBytes: number } | undefined;
  /** Looks into text files; in threads of their own when left out. */
  readonly lookIntoText?: LookIntoText;
  readonly spillFolder: string;
  readonly memoryLimitMb: number;
  readonly threads: number;
  /** Whether DuckDB is opened before the first question; when that comes where left out. */
  readonly opensAtOnce?: boolean;
  readonly now: () => Date;
  readonly elapsedMs: () => number;
  readonly newId: () => string;
}

/** Flow logs in a folder and the engine that answers from them. */
export interface Local {
  readonly sources: Sources;
  readonly engine: Engine;
  /** Ends when what was read before is kept. */
  kept(): Promise<void>;
  /** Keeps what landed lately. @throws Error where files could not be kept since it was called last. */
  keepLanded(): Promise<void>;
  close(): void;
}

/** The embedded engine over a folder, and what it works with. */
interface OpenedFolder extends Pick<Local, 'engine' | 'kept' | 'close'> {
  readonly duckdb: Duckdb;
  readonly inspect: Inspect;
  readonly lakeFiles: LakeFiles;
  /** @throws Error where files could not be kept since it was called last. */
  checkKept(): void;
  /** Undefined where nothing is kept. */
  readonly slots: KeptSlots | undefined;
  readonly closing: AbortSignal;
}

/**
 * Opens the embedded engine over a folder. With `origin`, which says where its files come from, they come and go, and what is
 * kept of them stays.
 */
export async function openFolderEngine(
  options: LocalOptions & { readonly origin?: string },
): Promise<OpenedFolder> {
  const { kept, origin, now, elapsedMs, newId } = options;
  const root = resolve(options.lakeFolder);
  const duckdb = await openDuckdb({ ...options, keptFolder: kept?.folder, whenOpened: eventLoopFirst });
  const slots = kept && createKeptSlots({ root: origin ?? root, now, ...kept });
  const inflatedFolder = kept && join(kept.folder, INFLATED);
  const ownFolder = inflatedFolder && join(inflatedFolder, `${PROCESS_NAME}-${newId()}`);
  if (inflatedFolder !== undefined) await removeLeftBehind(inflatedFolder);
  const inflated = ownFolder === undefined ? undefined : createInflatedTexts(ownFolder);
  const inspect = createInspector({
    root,
    now,
    kept: slots && (async (key, mark) => (await slots.find(key, mark))?.shape),
    inflated,
    lookIntoText: options.lookIntoText ?? createTextThreads(options.threads),
    inspectParquet: createParquetInspector(duckdb),
  });
  const files = createFolderFiles(root, inspect);
  const closing = new AbortController();
  const runs = { answering: 0 };
  const keeping = {
    root,
    inspect,
    duckdb,
    closing: closing.signal,
    isElsewhere: origin !== undefined,
    isBusy: () => runs.answering > 0,
    pause: (milliseconds: number) => sleep(milliseconds, undefined, { ref: false }),
  };
  const keepers =
    slots === undefined || inflated === undefined
      ? undefined
      : createKeptFiles(files, { ...keeping, slots, inflated });
  const lakeFiles = keepers ?? files;
  return {
    engine: counted(createDuckdbEngine({ duckdb, lakeFiles, elapsedMs, newId }), runs),
    duckdb,
    inspect,
    lakeFiles,
    slots,
    closing: closing.signal,
    kept: lakeFiles.settled,
    checkKept: () => keepers?.checkKept(),
    close() {
      closing.abort();
      duckdb.closeSync();
      inflated?.clear();
    },
  };
}

/** Opens the embedded engine over a folder in AWS's S3 layout. */
export async function openLocal(options: LocalOptions): Promise<Local> {
  const { engine, inspect, lakeFiles, closing, kept, checkKept, close } = await openFolderEngine(options);
  const root = resolve(options.lakeFolder);
  const lake = createFolderLake(root);
  return {
    sources: createLocalSources({
      place: { kind: 'folder', path: root },
      name: options.name ?? options.lakeFolder,
      lake,
      inspect,
      findFlowLogs: createFlowLogFinder(root),
    }),
    engine,
    kept,
    async keepLanded() {
      lakeFiles.landed(await lake.during(slotsBefore(options.now()), closing));
      checkKept();
    },
    close,
  };
}

/** A file that landed is kept within this time, or when it is read. */
const LANDED_SECONDS = 3_600;

function slotsBefore(now: Date): SlotRange {
  const toSeconds = Math.ceil(now.getTime() / 1_000);
  return { fromSeconds: toSeconds - LANDED_SECONDS, toSeconds };
}

/** The engine, whose runs that wait or run are counted. */
function counted(engine: Engine, runs: { answering: number }): Engine {
  return {
    ...engine,
    async run(...values) {
      runs.answering += 1;
      try {
        return await engine.run(...values);
      } finally {
        runs.answering -= 1;
      }
    },
  };
}
