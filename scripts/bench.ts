/**
 * How long an answer takes, as a ratio to zcat and awk over the same files on the same machine, and what it changes that text is
 * kept as Parquet, as a ratio to DuckDB alone: `npm run bench`, or `npm run bench -- 288` for so many files of 34,722 records.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAsking } from '../src/app/asking.ts';
import { readConfig } from '../src/app/config.ts';
import { createCsvFile } from '../src/slack/question/csv-file.ts';
import { timesOfKept } from '../test/bench/kept-slots.ts';

const RUNS = 7;
const LINES = [
  'top-talkers last 2h',
  'to 10.0.21.31 port=5432 last 2h',
  'rejected last 2h',
  'timeline last 2h',
];
/** Bytes by pair of addresses: what a person would type without flowlog, over the same files. */
const AWK = `find "$0" -name '*.log.gz' | xargs zcat | awk '{ k = $4 " " $5; b[k] += $10 } END { for (k in b) print b[k], k }' | sort -rn | head -10`;

/** All records, newest first, in a file: what the CSV of a long answer holds. */
const LONG = 'records last 3h';
const PRINT = `find "$0" -name '*.log.gz' | xargs zcat | awk -v OFS=, '{ $1 = $1; print }' | sort -t, -k12,12rn > "$0/all.csv"`;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function timed(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return median(times);
}

const stateFolder = await mkdtemp(join(tmpdir(), 'flowlog-bench-'));
const world = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  newId: () => randomUUID(),
  random: () => Math.random(),
};
const asking = await openAsking(readConfig({ FLOWLOG_STATE: stateFolder }), world);
try {
  const awkMs = await timed(() => spawnSync('sh', ['-c', AWK, join(stateFolder, 'sample')]));
  process.stdout.write(`zcat and awk over the whole sample: ${awkMs.toFixed(0)} ms (median of ${RUNS})\n`);
  for (const line of LINES) {
    const question = asking.understand(line, 'UTC');
    if (!('query' in question)) throw new Error(`${line} is no question`);
    const answerMs = await timed(() => asking.ask(question, { signal: new AbortController().signal }));
    process.stdout.write(`${line}: ${answerMs.toFixed(0)} ms, ${(answerMs / awkMs).toFixed(2)} of it\n`);
  }
  const question = asking.understand(LONG, 'UTC');
  if (!('query' in question)) throw new Error(`${LONG} is no question`);
  const printMs = await timed(() => spawnSync('sh', ['-c', PRINT, join(stateFolder, 'sample')]));
  const csvMs = await timed(async () => {
    const file = createCsvFile({ folder: stateFolder, newId: world.newId, onError: console.error });
    await asking.ask(question, { signal: new AbortController().signal, file });
    await file.close();
  });
  process.stdout.write(`zcat, awk and sort of all records into a file: ${printMs.toFixed(0)} ms\n`);
  process.stdout.write(
    `${LONG}, all rows as CSV: ${csvMs.toFixed(0)} ms, ${(csvMs / printMs).toFixed(2)} of it\n`,
  );
} finally {
  await asking.close();
  await rm(stateFolder, { recursive: true, force: true });
}

const [files = '48'] = process.argv.slice(2);
for (const times of await timesOfKept(Number(files), median)) {
  const { statement, firstMs, laterMs, afterStartMs, plainMs, inflatingMs, keepingMs } = times;
  const ratio = (a: number, b: number) => (a / b).toFixed(2);
  process.stdout.write(
    `${statement}, ${files} files: first ${firstMs.toFixed(0)} ms, ${ratio(firstMs, plainMs)} of DuckDB alone (${plainMs.toFixed(0)} ms), ${ratio(firstMs, inflatingMs)} of inflating (${inflatingMs.toFixed(0)} ms); kept in ${keepingMs.toFixed(0)} ms; later ${laterMs.toFixed(0)} ms, ${ratio(firstMs, laterMs)} times faster than the first, ${ratio(inflatingMs, laterMs)} than inflating; after a start ${afterStartMs.toFixed(0)} ms\n`,
  );
}
