import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Local, openLocal } from '../../src/app/open-local.ts';
import { DEFAULT_FORMAT } from '../../src/core/flow-log/fields.ts';
import { createTextThreads } from '../../src/duckdb/lake/text-threads.ts';
import { writeTextLake } from './text-lake.ts';

/** How long one statement took, in milliseconds: the first time from text, later over what is kept, and what it is compared with. */
export interface KeptTimes {
  readonly statement: string;
  /** Inspecting all files, and the statement. */
  readonly firstMs: number;
  /** The same once they are kept. */
  readonly laterMs: number;
  /** The same once they are kept, in a process that has just started. */
  readonly afterStartMs: number;
  /** DuckDB alone over the same text, told its columns, without a look whether files are whole. */
  readonly plainMs: number;
  /** Inflating the files in two threads, and nothing else. */
  readonly inflatingMs: number;
  /** Keeping them, at low priority. */
  readonly keepingMs: number;
}

const FROM_SECONDS = Date.UTC(2026, 10, 28) / 1_000;
const RECORDS_A_FILE = 34_722;
const RUNS = 5;
const { signal } = new AbortController();

const STATEMENTS = {
  'bytes by pair':
    'SELECT srcaddr, dstaddr, sum(bytes) AS b FROM flow_records GROUP BY 1, 2 ORDER BY b DESC, 1, 2 LIMIT 10',
  'one address': `SELECT srcaddr, dstport, sum(bytes) AS b FROM flow_records WHERE dstaddr = '10.0.9.9' GROUP BY 1, 2 ORDER BY b DESC, 1, 2 LIMIT 10`,
  'each minute': 'SELECT "end" // 60 AS m, sum(bytes) AS b FROM flow_records GROUP BY 1 ORDER BY 1',
} as const;

/** Times them over so many files of 34,722 records, each with a lake that nothing has looked at. */
export async function timesOfKept(
  files: number,
  median: (values: readonly number[]) => number,
): Promise<readonly KeptTimes[]> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-bench-kept-'));
  const lake = join(folder, 'lake');
  try {
    await writeTextLake({ folder: lake, files, recordsAFile: RECORDS_A_FILE, fromSeconds: FROM_SECONDS });
    const paths = await textFiles(lake);
    const inflatingMs = await timed(() => inflate(paths));
    const all: KeptTimes[] = [];
    for (const [statement, sql] of Object.entries(STATEMENTS)) {
      const kept = join(folder, statement.replaceAll(' ', '-'));
      const open = () => openOver(lake, kept, folder);
      const local = await open();
      const ask = (over: Local) => timed(() => run(over, sql, files));
      const firstMs = await ask(local);
      const keepingMs = await timed(() => local.kept());
      const later: number[] = [];
      for (let times = 0; times < RUNS; times += 1) later.push(await ask(local));
      local.close();
      const next = await open();
      const afterStartMs = await ask(next);
      next.close();
      const plainMs = await plain(paths, sql);
      all.push({ statement, firstMs, laterMs: median(later), afterStartMs, plainMs, inflatingMs, keepingMs });
    }
    return all;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  // Keeping does not hold a process that has nothing else to do.
  const hold = setInterval(() => undefined, 1_000);
  const startedMs = performance.now();
  await work();
  clearInterval(hold);
  return performance.now() - startedMs;
}

async function textFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.log.gz')).map((name) => join(folder, name));
}

/** As the built app has it, with its threads for text. */
function openOver(lake: string, kept: string, folder: string): Promise<Local> {
  return openLocal({
    lakeFolder: lake,
    kept: { folder: kept, mostBytes: 10_000_000_000 },
    lookIntoText: createTextThreads(2, new URL('../../dist/text-thread.js', import.meta.url)),
    spillFolder: join(folder, 'spill'),
    memoryLimitMb: 1_024,
    threads: 2,
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    newId: () => 'bench',
  });
}

async function run({ sources, engine }: Local, text: string, files: number): Promise<void> {
  const window = { from: new Date(FROM_SECONDS * 1_000), to: new Date((FROM_SECONDS + files * 300) * 1_000) };
  const scan = await sources.scanFor({ window, scope: {}, addresses: [], eni: undefined }, signal);
  if (scan.objects.length !== files) throw new Error(`${scan.objects.length} of ${files} files are read`);
  await engine.run({ text, bound: [], scan }, () => undefined, signal);
}

async function plain(paths: readonly string[], sql: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1024MB' });
  const connection = await instance.connect();
  const numbers = new Set(['version', 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'start', 'end']);
  const columns = DEFAULT_FORMAT.map(
    (field) => `'${field.replaceAll('-', '_')}': '${numbers.has(field) ? 'BIGINT' : 'VARCHAR'}'`,
  );
  const list = paths.map((path) => `'${path}'`).join(', ');
  await connection.run(
    `CREATE TEMP VIEW flow_records AS SELECT * FROM read_csv([${list}], delim = ' ', header = true, auto_detect = false, quote = '', escape = '', nullstr = '-', columns = {${columns.join(', ')}})`,
  );
  const ms = await timed(async () => (await connection.runAndReadAll(sql)).getRows());
  connection.closeSync();
  instance.closeSync();
  return ms;
}

const INFLATE = `const { workerData, parentPort } = require('node:worker_threads');
  const { readFileSync } = require('node:fs'); const { gunzipSync } = require('node:zlib');
  for (const path of workerData) gunzipSync(readFileSync(path)); parentPort.postMessage('done');`;

async function inflate(paths: readonly string[]): Promise<void> {
  // All of them are read once before, as they are before all else that is timed.
  for (const path of paths) await readFile(path);
  const halves = [paths.filter((_, index) => index % 2 === 0), paths.filter((_, index) => index % 2 === 1)];
  await Promise.all(
    halves.map(
      (half) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(INFLATE, { eval: true, workerData: half });
          worker.once('message', resolve);
          worker.once('error', reject);
        }),
    ),
  );
}
