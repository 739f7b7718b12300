/**
 * How long an answer takes, as a ratio to zcat and awk over the same files on the same machine, and the figures of what is kept, each
 * beside something that was run in the same run: `npm run bench`, `npm run bench -- 288` for so many files of 34,722 records, or
 * `npm run bench -- 48 year commands` for some parts of it. The names of the parts are those of `printFigures`, and `sample`.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAsking } from '../src/app/asking.ts';
import { readConfig } from '../src/app/config.ts';
import { createCsvFile } from '../src/slack/question/csv-file.ts';
import { acknowledgementFigures } from '../test/bench/acknowledgements.ts';
import { athenaBytesFigures } from '../test/bench/athena-bytes.ts';
import { directFigures } from '../test/bench/direct-s3.ts';
import { type Figure, median, shownMs } from '../test/bench/figure.ts';
import { idleWorkspaceFigures } from '../test/bench/idle-workspaces.ts';
import { incidentFigures } from '../test/bench/incident.ts';
import { type BenchLake, type KeptTimes, overTextLake, timesOfKept } from '../test/bench/kept-slots.ts';
import { memoryFigures } from '../test/bench/memory.ts';
import { parquetFigures } from '../test/bench/parquet-estimates.ts';
import { restartFigure } from '../test/bench/restart.ts';
import { questionFigures } from '../test/bench/top-talkers.ts';
import { commandFigures, landingFigure, startFigures } from '../test/bench/whole-commands.ts';
import { hourOfAYear, partOfADay } from '../test/bench/windows.ts';

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

async function timed(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return median(times);
}

const [files = '48', ...parts] = process.argv.slice(2);
if (parts.length === 0 || parts.includes('sample')) await printOverSample();
await overTextLake(Number(files), (lake) => printFigures(lake, parts));

/** Prints the table of each part that is wanted, or of all of them, as soon as it is known. */
async function printFigures(lake: BenchLake, wanted: readonly string[]): Promise<void> {
  const all = {
    kept: async () => (await timesOfKept(lake)).flatMap(keptFigures),
    v5: async () => (await overTextLake(lake.files, timesOfKept, true)).flatMap(keptFigures),
    day: async () => [await partOfADay(lake)],
    year: async () => [await hourOfAYear()],
    landing: async () => [await landingFigure(lake)],
    commands: () => commandFigures(lake),
    start: () => startFigures(lake),
    restart: async () => [await restartFigure(lake)],
    idle: idleWorkspaceFigures,
    questions: () => questionFigures(lake),
    ack: () => acknowledgementFigures(lake),
    bytes: athenaBytesFigures,
    incident: incidentFigures,
    direct: directFigures,
    memory: () => memoryFigures(lake),
    estimates: () => parquetFigures(lake),
  };
  for (const [part, figuresFor] of Object.entries(all))
    if (wanted.length === 0 || wanted.includes(part)) printTable(await figuresFor());
}

function printTable(figures: readonly Figure[]): void {
  console.table(
    figures.map(({ figure, measured, beside, ratio, toReach }) => ({
      figure,
      measured,
      beside,
      ratio: ratio?.toFixed(3) ?? '',
      'to reach': toReach,
    })),
  );
}

function keptFigures(times: KeptTimes): readonly Figure[] {
  const { statement, firstMs, laterMs, afterStartMs, plainMs, inflatingMs, keepingMs } = times;
  // What one statement has kept the next finds.
  const kept = keepingMs < 1 ? [] : [`kept in ${shownMs(keepingMs)}`];
  const inflating = `inflating only: ${shownMs(inflatingMs)}`;
  return [
    {
      figure: `${statement}, first`,
      measured: shownMs(firstMs),
      beside: `DuckDB alone: ${shownMs(plainMs)}`,
      ratio: firstMs / plainMs,
      toReach: '≤ 1.2',
    },
    { figure: '', measured: '', beside: inflating, ratio: firstMs / inflatingMs, toReach: 'stretch: ≤ 2' },
    {
      figure: `${statement}, later`,
      measured: [shownMs(laterMs), `after a start ${shownMs(afterStartMs)}`, ...kept].join('; '),
      beside: `the first: ${shownMs(firstMs)}`,
      ratio: laterMs / firstMs,
      toReach: '≤ 0.05',
    },
    { figure: '', measured: '', beside: inflating, ratio: laterMs / inflatingMs, toReach: '≤ 0.2' },
  ];
}

/** Prints how long lines take over the sample network, as ratios to zcat and awk. */
async function printOverSample(): Promise<void> {
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
}
