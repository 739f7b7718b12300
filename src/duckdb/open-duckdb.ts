import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { isFatal } from './engine-error.ts';
import { exactPattern, literal } from './literal.ts';
import { TRINO_WORDS } from './trino-words.ts';

/** How DuckDB is opened. */
export interface DuckdbOptions {
  /** The folder that it may read. */
  readonly lakeFolder: string;
  /** The folder that it may read and write to; undefined where there is none. No SELECT writes. */
  readonly keptFolder?: string | undefined;
  /** Where it may spill what does not fit in memory. */
  readonly spillFolder: string;
  readonly memoryLimitMb: number;
  readonly threads: number;
  /** Whether it is loaded and opened before the first question, whose first 50 ms would hold the event loop. */
  readonly opensAtOnce?: boolean;
  /** Called once it has its threads, where that is after the start. */
  readonly whenOpened?: () => Promise<void>;
}

/** A DuckDB that is opened again after an error that ends it. */
export interface Duckdb {
  readonly memoryLimitMb: number;
  connect(): Promise<DuckDBConnection>;
  /** Takes every error of a connection: after a fatal one, the next connection is to a new DuckDB. */
  failed(connection: DuckDBConnection, error: unknown): void;
  closeSync(): void;
}

/** What a runaway question may spill before it is stopped. */
const MOST_SPILLED = '4GB';

/**
 * Opens an in-memory DuckDB with Trino's functions and locked down: it reads the lake and nothing else, loads nothing
 * from the network, and no later statement can change that.
 */
export async function openDuckdb(options: DuckdbOptions): Promise<Duckdb> {
  const instances = new WeakMap<DuckDBConnection, DuckDBInstance>();
  let opened = 0;
  let isStarted = false;
  let opening: Promise<DuckDBInstance> | undefined;
  let current: DuckDBInstance | undefined;

  /** Two that are open at once would write to the same files: each spills into a folder of its own. */
  async function open(): Promise<DuckDBInstance> {
    const spillFolder = opened === 0 ? options.spillFolder : join(options.spillFolder, `again-${opened}`);
    opened += 1;
    current = await createInstance({ ...options, spillFolder });
    if (isStarted) await options.whenOpened?.();
    return current;
  }

  async function connect(): Promise<DuckDBConnection> {
    opening ??= open();
    const instance = await opening.catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    const connection = await instance.connect();
    instances.set(connection, instance);
    return connection;
  }

  // Where it cannot spill it cannot answer either: that is said at the start.
  await mkdir(options.spillFolder, { recursive: true });
  if (options.opensAtOnce === true) (await connect()).closeSync();
  isStarted = true;
  return {
    memoryLimitMb: options.memoryLimitMb,
    connect,
    failed(connection, error) {
      if (!isFatal(error) || current === undefined || instances.get(connection) !== current) return;
      current.closeSync();
      current = undefined;
      opening = undefined;
    },
    closeSync: () => current?.closeSync(),
  };
}

/**
 * Each thread holds what it cannot spill: DuckDB asks for 125 MB for each, and with less a question over millions of
 * records fails instead of spilling.
 * @see https://duckdb.org/docs/current/guides/performance/environment
 */
const MB_A_THREAD = 125;

function threadsWithin({ threads, memoryLimitMb }: DuckdbOptions): number {
  return Math.max(1, Math.min(threads, Math.floor(memoryLimitMb / MB_A_THREAD)));
}

async function createInstance(options: DuckdbOptions): Promise<DuckDBInstance> {
  await mkdir(options.spillFolder, { recursive: true });
  const { DuckDBInstance } = await import('./library.ts');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threadsWithin(options)),
    memory_limit: `${options.memoryLimitMb}MB`,
    // Rows are ordered by every statement itself; keeping the files' order costs memory.
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  await connection.run([...TRINO_WORDS, ...lockdown(options)].join(';\n'));
  connection.closeSync();
  return instance;
}

/** The order matters: the last setting locks all before it. */
function lockdown({ lakeFolder, keptFolder, spillFolder }: DuckdbOptions): readonly string[] {
  const folders = [lakeFolder, ...(keptFolder === undefined ? [] : [keptFolder])].map(
    (folder) => `${resolve(folder)}/`,
  );
  const allowed = folders.flatMap((folder) => [literal(folder), literal(exactPattern(folder))]);
  return [
    `SET temp_directory = ${literal(resolve(spillFolder))}`,
    `SET max_temp_directory_size = '${MOST_SPILLED}'`,
    // A pattern is compared with the allowed folders before it is matched with files.
    `SET allowed_directories = [${allowed.join(', ')}]`,
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_community_extensions = false',
    'SET allow_persistent_secrets = false',
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
}
