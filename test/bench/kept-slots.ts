import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Local, openLocal } from '../../src/app/open-local.ts';
import { DEFAULT_FORMAT } from '../../src/core/flow-log/fields.ts';
import { createTextThreads } from '../../src/duckdb/lake/text-threads.ts';
import { median, medianOf, timed } from './figure.ts';
import { VERSION_5_FIELDS, writeTextLake } from './text-lake.ts';

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
/** Each of them begins with nothing. */
const FIRST_RUNS = 3;
const { signal } = new AbortController();

const STATEMENTS = {
  'bytes by pair':
    'SELECT srcaddr, dstaddr, sum(bytes) AS b FROM flow_records GROUP BY 1, 2 ORDER BY b DESC, 1, 2 LIMIT 10',
  'one address': `SELECT srcaddr, dstport, sum(bytes) AS b FROM flow_records WHERE dstaddr = '10.0.9.9' GROUP BY 1, 2 ORDER BY b DESC, 1, 2 LIMIT 10`,
  'each minute': 'SELECT "end" // 60 AS m, sum(bytes) AS b FROM flow_records GROUP BY 1 ORDER BY 1',
  rejected: `SELECT srcaddr, dstaddr, dstport, count(*) AS n FROM flow_records WHERE action = 'REJECT' GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2, 3 LIMIT 10`,
  ports: `SELECT dstport, count(*) AS n FROM flow_records WHERE dstaddr = '10.0.9.9' GROUP BY 1 ORDER BY n DESC, 1 LIMIT 10`,
  records: `SELECT * FROM flow_records WHERE srcaddr = '10.0.9.9' ORDER BY "end" DESC, srcaddr, dstaddr, srcport, dstport, bytes LIMIT 100`,
} as const;

/** A lake of so many files of 34,722 records, and a folder for all else; both go once `work` is done. */
export async function overTextLake<T>(
  files: number,
  work: (lake: BenchLake) => Promise<T>,
  isOfVersion5 = false,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-bench-kept-'));
  const lake = join(folder, 'lake');
  // DuckDB's threads hold no process that has nothing else to do.
  const hold = setInterval(() => undefined, 1_000);
  try {
    await writeTextLake({
      folder: lake,
      files,
      recordsAFile: RECORDS_A_FILE,
      fromSeconds: FROM_SECONDS,
      isOfVersion5,
    });
    const fields = isOfVersion5 ? [...DEFAULT_FORMAT, ...VERSION_5_FIELDS] : DEFAULT_FORMAT;
    return await work({ lake, folder, files, fields, fromSeconds: FROM_SECONDS });
  } finally {
    clearInterval(hold);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where it is. */
export interface BenchLake {
  readonly lake: string;
  readonly folder: string;
  readonly files: number;
  /** In the order in which its files have them. */
  readonly fields: readonly string[];
  /** When its first file begins, in epoch seconds. */
  readonly fromSeconds: number;
}

/** Times the statements, each over what nothing has looked at; the median of several runs where that can be. */
export async function timesOfKept({ lake, folder, files, fields }: BenchLake): Promise<readonly KeptTimes[]> {
  const paths = await textFiles(lake);
  const inflatingMs = await medianOf(RUNS, () => inflate(paths));
  const all: KeptTimes[] = [];
  for (const [statement, sql] of Object.entries(STATEMENTS)) {
    const ask = (over: Local) => timed(() => run(over, sql, files));
    const firsts: number[] = [];
    const plains: number[] = [];
    for (let times = 0; times < FIRST_RUNS; times += 1) {
      const first = await openOver(lake, join(folder, `first-${statement}-${times}`), folder);
      firsts.push(await ask(first));
      first.close();
      plains.push(await plain({ paths, fields }, sql));
    }
    const kept = join(folder, 'kept');
    const local = await openOver(lake, kept, folder);
    await ask(local);
    const keepingMs = await timed(() => local.kept());
    const laterMs = await medianOf(RUNS, () => run(local, sql, files));
    local.close();
    const next = await openOver(lake, kept, folder);
    const afterStartMs = await ask(next);
    next.close();
    all.push({
      ...{ statement, laterMs, afterStartMs, inflatingMs, keepingMs },
      firstMs: median(firsts),
      plainMs: median(plains),
    });
  }
  return all;
}

async function textFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.log.gz')).map((name) => join(folder, name));
}

/** As the built app has it, with its threads for text. */
export function openOver(lake: string, kept: string, folder: string): Promise<Local> {
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

/** How long DuckDB alone takes for the pairs of addresses of a lake. */
export async function plainPairs({ lake, fields }: BenchLake, memoryMb: number): Promise<number> {
  return plain({ paths: await textFiles(lake), fields }, STATEMENTS['bytes by pair'], memoryMb);
}

/** Keeps all files of a lake. */
export async function keepAll({ lake, folder, files }: BenchLake, kept: string): Promise<void> {
  const local = await openOver(lake, kept, folder);
  await run(local, STATEMENTS['each minute'], files);
  await timed(() => local.kept());
  local.close();
}

async function plain(
  { paths, fields }: { readonly paths: readonly string[]; readonly fields: readonly string[] },
  sql: string,
  memoryMb = 1_024,
): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: `${memoryMb}MB` });
  const connection = await instance.connect();
  const numbers = new Set(['version', 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'start', 'end']);
  const columns = fields.map(
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
