import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import { createAwsClients } from '../../src/aws/clients.ts';
import { serve } from '../conformance/judges/serve.ts';
import { withBenchApp } from './account/bench-account.ts';
import { type Figure, median, medianOf, shownBytes, shownMs, timed } from './figure.ts';
import { LAKE_FLOW_LOG, writeTextLake } from './text-lake.ts';

const BUCKET = 'direct-flow-logs';
/** Twelve of such files have some five megabytes. */
const [FILES, RECORDS_A_FILE] = [12, 20_000] as const;
const HOUR_SECONDS = 3_600;
const RUNS = 5;
const ATHENA_WAIT_MS = 1_200;
/** So many files the app fetches at once. */
const AT_ONCE = 8;
const LINES = ['to 10.0.1.10', 'why 10.0.9.9 10.0.1.10:5432', 'timeline', 'top-talkers'] as const;

/** Where `npm run conformance` installs it, or else as it is on the path. */
const PROGRAMS = ['.conformance/venv/bin/moto_server', 'moto_server'] as const;

/**
 * One hour of a VPC that is fetched from an S3 that others wrote, through the real client, and read by DuckDB, with nothing kept;
 * each beside fetching alone, and beside what Athena takes for any statement.
 */
export async function directFigures(): Promise<readonly Figure[]> {
  const program = PROGRAMS.map((each) => (each.includes('/') ? resolve(each) : each)).find(isThere);
  if (program === undefined) {
    console.warn('SKIPPED: `moto_server` is not installed, so that nothing was fetched from S3.');
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-bench-direct-'));
  const moto = await serve({
    program,
    args: (port) => ['--host', '127.0.0.1', '--port', String(port)],
    env: () => ({ MOTO_ACCOUNT_ID: LAKE_FLOW_LOG.account }),
    readyPath: '/moto-api/data.json',
  });
  try {
    return await overMoto(moto.endpoint, folder);
  } finally {
    await moto.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function isThere(program: string): boolean {
  return spawnSync(program, ['--help'], { stdio: 'ignore' }).status === 0;
}

async function overMoto(endpoint: string, folder: string): Promise<readonly Figure[]> {
  const fromSeconds = (Math.floor(Date.now() / 1_000 / HOUR_SECONDS) - 3) * HOUR_SECONDS;
  const lake = join(folder, 'lake');
  await writeTextLake({ folder: lake, files: FILES, recordsAFile: RECORDS_A_FILE, fromSeconds });
  const environment = {
    ...{ FLOWLOG_AWS_REGION: LAKE_FLOW_LOG.region, FLOWLOG_AWS_ENDPOINT: endpoint, FLOWLOG_AWS_RANGES: 'no' },
    ...{ FLOWLOG_STATE: join(folder, 'state'), FLOWLOG_CACHE: 'off' },
  };
  const { account, region, id } = LAKE_FLOW_LOG;
  const yaml = `sources: [{ name: ${id}, account: "${account}", region: ${region}, bucket: ${BUCKET} }]`;
  return withBenchApp(
    environment,
    async ({ ask, calls }) => {
      const { keys, bytes } = await deliver(endpoint, lake);
      const fetchingMs = await medianOf(RUNS, () => fetchAll(endpoint, keys));
      const window = windowOf(fromSeconds);
      const figures: Figure[] = [];
      for (const line of LINES) {
        const times: number[] = [];
        let dollars = 0;
        for (let run = 0; run <= RUNS; run += 1)
          times.push(
            await timed(async () => {
              const { cost, run: ran } = await ask(`${line} ${window}`);
              dollars += cost.dollars;
              if (ran.fetched?.files !== FILES)
                throw new Error(`${line} fetched ${ran.fetched?.files} files`);
            }),
          );
        const [firstMs = 0, ...laterMs] = times;
        figures.push(...hourFigures(line, { firstMs, laterMs: median(laterMs), fetchingMs, bytes, dollars }));
      }
      if ((calls.get('athena StartQueryExecution') ?? 0) > 0) throw new Error('Athena was asked');
      return figures;
    },
    yaml,
  );
}

/** The hour whose files are there, and no others. */
function windowOf(fromSeconds: number): string {
  const at = (seconds: number) => `${new Date(seconds * 1_000).toISOString().slice(0, 16)}Z`;
  return `since ${at(fromSeconds)} until ${at(fromSeconds + HOUR_SECONDS)} names=off`;
}

async function deliver(endpoint: string, lake: string) {
  const s3 = await createAwsClients({ region: LAKE_FLOW_LOG.region, credentials: undefined, endpoint }).s3();
  await s3.createBucket({
    Bucket: BUCKET,
    CreateBucketConfiguration: { LocationConstraint: LAKE_FLOW_LOG.region },
  });
  const keys = (await readdir(lake, { recursive: true })).filter((name) => name.endsWith('.log.gz'));
  let bytes = 0;
  for (const Key of keys) {
    const Body = await readFile(join(lake, Key));
    bytes += Body.length;
    await s3.putObject({ Bucket: BUCKET, Key, Body });
  }
  return { keys, bytes };
}

async function fetchAll(endpoint: string, keys: readonly string[]): Promise<void> {
  const limit = pLimit(AT_ONCE);
  const fetched = keys.map((key) =>
    limit(async () => (await fetch(`${endpoint}/${BUCKET}/${key}`)).arrayBuffer()),
  );
  await Promise.all(fetched);
}

/** Times of one line; dollars of all its runs. */
interface HourTimes {
  readonly firstMs: number;
  readonly laterMs: number;
  readonly fetchingMs: number;
  readonly bytes: number;
  readonly dollars: number;
}

function hourFigures(
  line: string,
  { firstMs, laterMs, fetchingMs, bytes, dollars }: HourTimes,
): readonly Figure[] {
  const what = `\`${line}\`, ${FILES} files of S3, ${shownBytes(bytes)}`;
  return [
    {
      figure: what,
      measured: `${shownMs(laterMs)}, first ${shownMs(firstMs)}; Athena $${dollars}`,
      beside: `fetching alone, from the same server: ${shownMs(fetchingMs)}`,
      ratio: laterMs / fetchingMs,
      toReach: '≤ 0.5 s, $0',
    },
    {
      figure: '',
      measured: '',
      beside: `Athena, before it reads: ${shownMs(ATHENA_WAIT_MS)}`,
      ratio: laterMs / ATHENA_WAIT_MS,
      toReach: '',
    },
  ];
}
