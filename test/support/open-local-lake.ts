import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Local, type LocalOptions, openLocal } from '../../src/app/open-local.ts';
import type { Scan } from '../../src/core/lake/scan.ts';
import type { Sql } from '../../src/core/sql/sql.ts';
import type { Window } from '../../src/core/time/window.ts';
import { type Collected, collected } from './collected.ts';

/** Years after every file of the tests was written: none of them looks unfinished. */
export const LONG_AFTER = new Date('2040-01-01T00:00:00Z');

/** The embedded engine over a folder, with what tests ask of it. */
export interface LocalLake extends Local {
  scan(from: Date, to: Date): Promise<Scan>;
  /** Runs SQL over what a window reads; the files of all time when no window is given. */
  rows(sql: Sql | string, window?: Window): Promise<Collected>;
}

const EVER: Window = { from: new Date('2000-01-01T00:00:00Z'), to: new Date('2039-01-01T00:00:00Z') };

/** A new folder that goes away with the test. */
export async function tempFolder(name = 'lake'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `flowlog-${name}-`));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** How a test wants the engine. */
export interface LocalLakeOptions {
  readonly now?: Date;
  readonly memoryLimitMb?: number;
  readonly threads?: number;
  readonly spillFolder?: string;
  readonly lookIntoText?: LocalOptions['lookIntoText'];
  /** Where text is kept as Parquet once it was read. */
  readonly kept?: { readonly folder: string; readonly mostBytes: number };
}

/** Opens the real engine over a folder, until the test ends. */
export async function openLocalLake(folder: string, options: LocalLakeOptions = {}): Promise<LocalLake> {
  const { now = LONG_AFTER, memoryLimitMb = 256, threads = 2 } = options;
  const spillFolder = options.spillFolder ?? (await tempFolder('spill'));
  const local = await openLocal({
    lakeFolder: folder,
    name: 'the lake',
    spillFolder,
    kept: options.kept,
    ...(options.lookIntoText && { lookIntoText: options.lookIntoText }),
    memoryLimitMb,
    threads,
    now: () => now,
    elapsedMs: () => 0,
    newId: () => 'run-1',
  });
  onTestFinished(() => local.close());
  const { signal } = new AbortController();
  const scan = (from: Date, to: Date) =>
    local.sources.scanFor({ window: { from, to }, scope: {}, addresses: [], eni: undefined }, signal);
  return {
    ...local,
    scan,
    rows: async (sql, { from, to } = EVER) => {
      const statement = typeof sql === 'string' ? { text: sql, bound: [] } : sql;
      return collected(local.engine, { ...statement, scan: await scan(from, to) }, signal);
    },
  };
}
