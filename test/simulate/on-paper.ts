import Database from 'libsql';
import { ATHENA_PLACES } from '../../src/aws/athena/athena-engine.ts';
import { createS3Lake } from '../../src/aws/lake/s3-lake.ts';
import { catalog } from '../../src/catalog/index.ts';
import { statementFor } from '../../src/core/answer/statement.ts';
import { createTurns } from '../../src/core/answer/turns.ts';
import { AWS_LIMITS } from '../../src/core/flow-log/aws-limits.ts';
import { fitting } from '../../src/core/lake/named-files.ts';
import { partitioningFor } from '../../src/core/lake/table-for.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { scanOf } from '../contract/scans.ts';
import { asked, at, finished } from '../contract/store-samples.ts';
import { aSource, FIELDS } from '../support/a-source.ts';

const NOW = new Date('2026-11-24T12:00Z');
const HOUR_SECONDS = 3_600;

/** Where the files of one flow log are. */
const ROOT = 'AWSLogs/123456789012/vpcflowlogs/us-east-1';
/** Files of so many days are there. */
const STORED_DAYS = 90;

/** How many folders the product lists to find the files of a window that ends now, in a lake of 90 days. */
export async function foldersListed(hours: number, { isHourly }: { isHourly: boolean }): Promise<number> {
  const folders = foldersOf({ isHourly });
  let listed = 0;
  const buckets = {
    async folder(_bucket: string, prefix: string) {
      listed += 1;
      return { objects: [], prefixes: folders.get(prefix) ?? [] };
    },
  };
  const lake = createS3Lake({ buckets, bucket: 'logs', under: ROOT, now: () => NOW });
  const toSeconds = NOW.getTime() / 1_000;
  const slotRange = { fromSeconds: toSeconds - hours * HOUR_SECONDS, toSeconds };
  await lake.during(slotRange, new AbortController().signal);
  return listed;
}

/** The folders that are directly in each folder of the lake. */
function foldersOf({ isHourly }: { isHourly: boolean }): ReadonlyMap<string, readonly string[]> {
  const below = new Map<string, Set<string>>();
  for (let hour = 0; hour < STORED_DAYS * 24; hour += 1) {
    const [date = '', time = ''] = new Date(NOW.getTime() - hour * HOUR_SECONDS * 1_000)
      .toISOString()
      .split('T');
    let path = `${ROOT}/`;
    for (const name of [...date.split('-'), ...(isHourly ? [time.slice(0, 2)] : [])]) {
      const inIt = below.get(path) ?? new Set<string>();
      below.set(path, inIt.add(`${path}${name}/`));
      path += `${name}/`;
    }
  }
  return new Map([...below].map(([path, inIt]) => [path, [...inIt]]));
}

/** A week is the longest window that can be asked when nothing else is set. */
const LONGEST_WINDOW_SECONDS = 7 * 24 * HOUR_SECONDS;

/** How long the statement of one question is over so many flow logs, each with a table of its own. */
export function statementBytes(flowLogs: number): number {
  const context = { catalog, now: NOW, zone: 'UTC', longestWindowSeconds: LONGEST_WINDOW_SECONDS };
  const question = readRequest('top-talkers last 1h', context);
  if (!('query' in question)) throw new RangeError('that is no question');
  const source = aSource('fl-0a1b2c3d4e5f60718', { layout: { hourly: true } });
  const fields = [...FIELDS, 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'interface-id'];
  const tables = Array.from({ length: flowLogs }, (_, index) => ({
    database: 'flowlog',
    name: `fl_${String(index).padStart(17, '0')}`,
    fields,
    partitioning: partitioningFor(source, 'projected'),
  }));
  const scan = { ...scanOf('log'), source: { name: 'all', region: 'us-east-1', fields }, tables };
  return Buffer.byteLength(statementFor(question, scan, 100).text);
}

/** Of how many of so many flow logs a statement names the files of an hour, as the product decides it. */
export function flowLogsNamed(flowLogs: number): number {
  const path = `s3://flow-logs-of-all-accounts/${ROOT}/2026/11/24/12/123456789012_vpcflowlogs_us-east-1_fl-0a1b2c3d4e5f60718_20261124T1200Z_0a1b2c3d.log.gz`;
  const ofAnHour = Array.from({ length: HOUR_SECONDS / AWS_LIMITS.slotSeconds }, () => path);
  return fitting(Array.from({ length: flowLogs }, () => ofAnHour)).filter((isNamed) => isNamed).length;
}

/** Over so many flow logs a question can be asked at once, by the length of its statement alone. */
export function mostFlowLogs(): number {
  const aFlowLog = (statementBytes(101) - statementBytes(1)) / 100;
  return Math.floor((AWS_LIMITS.statementBytes - statementBytes(1)) / aFlowLog) + 1;
}

/** So many executions, and long ones among them, are run at once by so many processes together. */
export function placesTogether(processes: number): { readonly all: number; readonly long: number } {
  const { atOnce, longAtOnce } = ATHENA_PLACES;
  const runningOf = (isLong: boolean) => {
    const turns = createTurns(atOnce, longAtOnce, () => processes);
    for (let index = 0; index < atOnce + 1; index += 1)
      void turns.take({ channel: `C${index}`, person: 'U1', isLong }, () => new Promise<never>(() => {}), {
        signal: new AbortController().signal,
      });
    return turns.amounts().running * processes;
  };
  return { all: runningOf(false), long: runningOf(true) };
}

/** The statements that the store runs for one question on Athena, by what they are for. */
export async function storeStatements(): Promise<ReadonlyMap<string, number>> {
  const { store, scans, close } = await openStores({ path: ':memory:' });
  const counts = new Map<string, number>();
  let ran = 0;
  const restore = watchStatements(() => {
    ran += 1;
  });
  const step = async (what: string, work: () => Promise<unknown>) => {
    const before = ran;
    await work();
    counts.set(what, ran - before);
  };
  const wish = { dollars: 1, thread: 'C1/q1', dayBegan: at(0), at: at(0), limits: { thread: 10, day: 100 } };
  try {
    await step('it is written down', () => store.begin(asked('q1'), { most: 10, sameKey: 'to 10.0.1.5' }));
    await step('its thread is written down', () => store.moveTo('q1', '{}', 'C1/q1'));
    await step('an equal question is looked for', () => store.find('q1'));
    await step('what it reads is looked for', () => scans.find('q1'));
    await step('what it reads is written down', () => scans.keep('q1', scanOf('log')));
    await step('its price is set aside', () => store.setAside('q1', wish));
    await step('its execution is written down', () => store.started('q1', 'run-1'));
    await step('who pays is looked up', () => store.isPaidByOther('q1', 'run-1'));
    await step('the sum of its thread is looked up', () => store.spent({ thread: 'C1/q1' }));
    await step('its lease is renewed', () => store.holds('q1', at(0)));
    await step('that its answer is about to be posted', () => store.moveTo('q1', '{}', 'C1/q1'));
    await step('its end is written down', () => store.finish('q1', finished(1)));
  } finally {
    restore();
    await close();
  }
  return counts;
}

/** Calls `ran` for each statement of SQLite; returns what ends that. */
function watchStatements(ran: () => void): () => void {
  const database = new Database(':memory:');
  const prototype: Database.Statement = Object.getPrototypeOf(database.prepare('SELECT 1'));
  database.close();
  const { all, run } = prototype;
  const watched = <F extends typeof all | typeof run>(call: F): F =>
    new Proxy(call, {
      apply(target, statement, values) {
        ran();
        return Reflect.apply(target, statement, values);
      },
    });
  Object.assign(prototype, { all: watched(all), run: watched(run) });
  return () => Object.assign(prototype, { all, run });
}
