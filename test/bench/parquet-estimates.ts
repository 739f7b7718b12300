import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readingWithin } from '../../src/app/reading.ts';
import { DEFAULT_PRICES, estimateOf } from '../../src/core/answer/cost.ts';
import { fieldsScanned } from '../../src/core/answer/statement.ts';
import { columnName, DEFAULT_FORMAT, FIELDS } from '../../src/core/flow-log/fields.ts';
import { parquetReads } from '../../src/core/lake/parquet-reads.ts';
import type { ScannedObject } from '../../src/core/lake/scan.ts';
import { openDuckdb } from '../../src/duckdb/open-duckdb.ts';
import { createParquetSamples } from '../../src/duckdb/parquet-samples.ts';
import { lakeKey } from '../support/lake-key.ts';
import { type Figure, shownBytes } from './figure.ts';
import { type BenchLake, openOver } from './kept-slots.ts';
import { LAKE_FLOW_LOG } from './text-lake.ts';

const FILES = 24;
const SLOT_SECONDS = 300;
/** Busy files have twelve times the records of quiet ones: the footers of six say less of them. */
const [FEWEST_TEXTS, MOST_TEXTS] = [1, 12] as const;
const LINES = ['timeline', 'rejected', 'top-talkers', 'to 10.0.9.9 port=443', 'records 10.0.9.9'];
const { signal } = new AbortController();
const TYPES = { text: 'VARCHAR', integer: 'INTEGER', long: 'BIGINT' } as const;

/**
 * What is estimated from the footers of six Parquet files, beside what the same rules of Trino come to over the footers of all of
 * them. That Trino counts so is shown by `test/conformance/trino/parquet-estimate.test.ts`.
 */
export async function parquetFigures(bench: BenchLake): Promise<readonly Figure[]> {
  const { folder, fromSeconds } = bench;
  const lake = join(folder, 'parquet');
  await writeParquetLake(bench, lake);
  const local = await openOver(lake, join(folder, 'parquet-kept'), folder);
  const spillFolder = join(folder, 'parquet-spill');
  const duckdb = await openDuckdb({ lakeFolder: lake, spillFolder, memoryLimitMb: 512, threads: 2 });
  const samplesOf = createParquetSamples({
    ...{ duckdb, folder: spillFolder },
    keptPath: async ({ key }) => join(lake, key),
    fetchEnd: () => Promise.reject(new RangeError('nothing is fetched')),
  });
  const at = (seconds: number) => `${new Date(seconds * 1_000).toISOString().slice(0, 16)}Z`;
  const read = readingWithin(24, () => new Date());
  const figures: Figure[] = [];
  try {
    for (const line of LINES) {
      const window = `since ${at(fromSeconds)} until ${at(fromSeconds + FILES * SLOT_SECONDS)}`;
      const question = read(`${line} ${window}`, 'UTC');
      if (!('query' in question)) throw new Error(`${line} is no question`);
      const target = { window: question.window, scope: {}, addresses: [], eni: undefined };
      const scan = await local.sources.scanFor(target, signal);
      const fields = fieldsScanned(question, scan);
      const parquetSamples = await samplesOf(scan.objects, signal);
      const { bytes } = estimateOf({ ...scan, parquetSamples }, DEFAULT_PRICES, fields);
      const counted = await countAll(scan.objects, fields, samplesOf);
      figures.push(estimateFigure(line, { bytes, counted, objects: scan.objects }));
    }
    return figures;
  } finally {
    duckdb.closeSync();
    local.close();
  }
}

/** The rules over each file by its own footer. */
async function countAll(
  objects: readonly ScannedObject[],
  fields: readonly string[],
  samplesOf: ReturnType<typeof createParquetSamples>,
): Promise<number> {
  let counted = 0;
  for (const object of objects)
    counted += parquetReads([object.bytes], fields, await samplesOf([object], signal));
  return counted;
}

/** An estimate, what is counted, and the files. */
interface Estimated {
  readonly bytes: number;
  readonly counted: number;
  readonly objects: readonly ScannedObject[];
}

function estimateFigure(line: string, { bytes, counted, objects }: Estimated): Figure {
  const whole = objects.reduce((sum, object) => sum + object.bytes, 0);
  return {
    figure: `\`${line}\` over ${objects.length} Parquet files (${shownBytes(whole)}): estimate`,
    measured: shownBytes(bytes),
    beside: `by all footers: ${shownBytes(counted)}`,
    ratio: bytes / counted,
    toReach: '0.75 to 1.25',
  };
}

/** Parquet as AWS writes it, each file with the records of another number of the files of text. */
async function writeParquetLake({ lake: texts, fromSeconds }: BenchLake, lake: string): Promise<void> {
  const paths = (await readdir(texts, { recursive: true }))
    .filter((name) => name.endsWith('.log.gz'))
    .map((name) => join(texts, name));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const columns = DEFAULT_FORMAT.map((field) => `'${field}': 'VARCHAR'`).join(', ');
  const typed = DEFAULT_FORMAT.map((field) => {
    const type = TYPES[FIELDS[field].type];
    const value = type === 'VARCHAR' ? `"${field}"` : `CAST(nullif("${field}", '-') AS ${type})`;
    return `${value} AS "${columnName(field)}"`;
  });
  for (let file = 0; file < FILES; file += 1) {
    const { account, region, id: flowLog } = LAKE_FLOW_LOG;
    const key = lakeKey(fromSeconds + file * SLOT_SECONDS, {
      ...{ layout: 'daily', prefix: '', account, region, flowLog, ending: 'log.parquet' },
    });
    const amount = FEWEST_TEXTS + ((file * 7) % (MOST_TEXTS - FEWEST_TEXTS + 1));
    const some = paths.slice(0, amount).map((path) => `'${path}'`);
    await mkdir(dirname(join(lake, key)), { recursive: true });
    await connection.run(`COPY (SELECT ${typed.join(', ')} FROM read_csv([${some.join(', ')}], delim = ' ', header = true,
      auto_detect = false, quote = '', columns = {${columns}})) TO '${join(lake, key)}' (FORMAT parquet, COMPRESSION gzip)`);
  }
  connection.closeSync();
  instance.closeSync();
}
