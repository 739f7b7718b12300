import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchAccount, openBenchAccount, withBenchApp } from './account/bench-account.ts';
import { OWN_LOGS } from './account/organisation.ts';
import { type Figure, shownBytes, shownMs } from './figure.ts';

const HOUR_SECONDS = 3_600;
/** Twelve of such files have some five megabytes: the hour of a VPC of middle size. */
const RECORDS_A_FILE = 20_000;
/** The window, as long before it for `changes`, and files that come late. */
const LAKE_HOURS = 6;
/** What Athena takes for any statement, however little it reads: as long is it asked whether it has ended. */
const ATHENA_WAIT_MS = 1_200;
/** A person reads an answer; meanwhile what was fetched is kept. */
const [FIRST_PAUSE_MS, PAUSE_MS] = [6_000, 500] as const;

/** What S3 asks for a thousand requests in us-east-1, in dollars. @see https://aws.amazon.com/s3/pricing/ */
const [DOLLARS_A_1000_GETS, DOLLARS_A_1000_LISTS] = [0.0004, 0.005] as const;

const VPC = `vpc=${OWN_LOGS[0]?.vpcId}`;

/** A database that does not answer one of its clients, from the first question to the last. */
const INCIDENT: readonly string[] = [
  'why 10.0.9.9 10.0.1.10:5432',
  'to 10.0.1.10 port=5432',
  `rejected ${VPC}`,
  `timeline ${VPC}`,
  'ports 10.0.1.10',
  `top-talkers ${VPC}`,
  `changes ${VPC}`,
  'between 10.0.9.9 10.0.1.10',
  'records 10.0.1.10 port=5432 action=reject',
  `who 10.0.9.9 ${VPC}`,
  `from 10.0.9.9 ${VPC}`,
  'rejected 10.0.1.10',
  'why 10.0.0.20 10.0.1.10:5432',
  'to 10.0.0.20 port=443',
  'traffic 10.0.1.10',
  `timeline port=5432 ${VPC}`,
  `top-talkers port=5432 ${VPC}`,
  `gaps ${VPC}`,
  'records 10.0.1.10 port=5432',
  'who 10.0.1.10',
];

/** A way to read the same files. */
interface Way {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly words: string;
}

const ATHENA: Way = { name: 'Athena only', settings: {}, words: ' engine=athena' };
const OTHERS: readonly Way[] = [
  { name: 'fetched, nothing kept', settings: { FLOWLOG_CACHE: 'off' }, words: '' },
  { name: 'fetched and kept', settings: {}, words: '' },
];

/** What the twenty questions came to. */
interface Incident {
  readonly way: Way;
  readonly calls: ReadonlyMap<string, number>;
  readonly athenaDollars: number;
  /** Files that Athena opened, each with one request to S3 at least. */
  readonly athenaFiles: number;
  readonly readBytes: number;
  /** Of all answers, without the pauses. */
  readonly elapsedMs: number;
}

/** Calls and dollars of twenty questions over the same two hours, three ways. */
export async function incidentFigures(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-bench-incident-'));
  const hour = Math.floor(Date.now() / 1_000 / HOUR_SECONDS);
  const fromSeconds = (hour - LAKE_HOURS - 1) * HOUR_SECONDS;
  const lake = { files: LAKE_HOURS * 12, recordsAFile: RECORDS_A_FILE, fromSeconds };
  const account = await openBenchAccount({ folder, logs: OWN_LOGS, ...lake });
  const at = (hours: number) =>
    `${new Date((fromSeconds + hours * HOUR_SECONDS) * 1_000).toISOString().slice(0, 16)}Z`;
  const lines = INCIDENT.map((line) => `${line} since ${at(3)} until ${at(5)}`);
  try {
    const athena = await live(ATHENA, lines, account, join(folder, 'athena'));
    const figures = [...figuresOf(athena, athena)];
    for (const [nth, way] of OTHERS.entries())
      figures.push(...figuresOf(await live(way, lines, account, join(folder, `way-${nth}`)), athena));
    return figures;
  } finally {
    await account.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function live(
  way: Way,
  lines: readonly string[],
  account: BenchAccount,
  stateFolder: string,
): Promise<Incident> {
  account.slowDown(lines.length, ATHENA_WAIT_MS);
  return withBenchApp(
    { ...account.environment, FLOWLOG_STATE: stateFolder, ...way.settings },
    async ({ ask, calls }) => {
      let [athenaDollars, athenaFiles, readBytes, elapsedMs] = [0, 0, 0, 0];
      for (const [nth, line] of lines.entries()) {
        const startedMs = performance.now();
        const { cost, billed, run } = await ask(`${line}${way.words}`);
        elapsedMs += performance.now() - startedMs;
        athenaDollars += cost.dollars;
        if (billed) athenaFiles += run.filesRead;
        readBytes += run.scannedBytes;
        await sleep(nth === 0 ? FIRST_PAUSE_MS : PAUSE_MS);
      }
      return { way, calls, athenaDollars, athenaFiles, readBytes, elapsedMs };
    },
  );
}

function figuresOf(incident: Incident, athena: Incident): readonly Figure[] {
  const { way, calls, athenaDollars, athenaFiles } = incident;
  const [gets, lists] = [calls.get('s3 GetObject') ?? 0, calls.get('s3 ListObjectsV2') ?? 0];
  const ofAthena = calls.get('athena StartQueryExecution') ?? 0;
  const name = `${INCIDENT.length} questions over two hours, ${way.name}`;
  const own = dollarsOf(incident);
  return [
    {
      figure: `${name}: calls`,
      measured: `S3: ${gets} GET, ${lists} LIST; Athena: ${ofAthena} started, ${otherCalls(calls, 'athena')} more; logs: ${otherCalls(calls, 'cloudwatchlogs')}`,
      beside: `EC2, Glue and STS, free: ${['ec2', 'glue', 'sts'].reduce((sum, each) => sum + otherCalls(calls, each), 0)}`,
      ratio: undefined,
      toReach: '',
    },
    {
      figure: `${name}: dollars`,
      measured: `$${own.toFixed(6)}: Athena $${athenaDollars.toFixed(6)}, requests to S3 $${(own - athenaDollars).toFixed(6)}`,
      beside:
        incident === athena
          ? `at least ${athenaFiles} GETs of Athena itself are not in it: $${dollarsOfRequests(athenaFiles, 0).toFixed(6)}`
          : `Athena only: $${dollarsOf(athena).toFixed(6)}`,
      ratio: own / dollarsOf(athena),
      toReach: '',
    },
    ...(incident === athena ? [] : [timeFigure(name, incident)]),
  ];
}

/** What Athena's answers take here is what DuckDB takes, and no figure. */
function timeFigure(name: string, { elapsedMs, readBytes }: Incident): Figure {
  const measured = `${shownMs(elapsedMs)} for ${shownBytes(readBytes)}`;
  return { figure: `${name}: until answered`, measured, beside: '', ratio: undefined, toReach: '' };
}

/** All calls of a service but those that start an execution. */
function otherCalls(calls: ReadonlyMap<string, number>, service: string): number {
  return [...calls]
    .filter(([name]) => name.startsWith(`${service} `) && !name.endsWith(' StartQueryExecution'))
    .reduce((sum, [, times]) => sum + times, 0);
}

function dollarsOf({ calls, athenaDollars }: Incident): number {
  const requests = dollarsOfRequests(calls.get('s3 GetObject') ?? 0, calls.get('s3 ListObjectsV2') ?? 0);
  return athenaDollars + requests;
}

function dollarsOfRequests(gets: number, lists: number): number {
  return (gets * DOLLARS_A_1000_GETS + lists * DOLLARS_A_1000_LISTS) / 1_000;
}
