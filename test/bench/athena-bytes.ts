import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalog } from '../../src/catalog/index.ts';
import { STORY_LINES } from '../catalog/story-lines.ts';
import { type BenchAccount, openBenchAccount, withBenchApp } from './account/bench-account.ts';
import { sizeOf } from './account/bench-bucket.ts';
import { ACCOUNTS, ORGANISATION_LOGS, OWN_LOGS } from './account/organisation.ts';
import { type Figure, shownBytes } from './figure.ts';
import { LAKE_FLOW_LOG } from './text-lake.ts';

const DAY_SECONDS = 86_400;
const FILES_A_DAY = 288;
/** Fewer than a VPC has: what is compared are the numbers of files that are read. */
const RECORDS_A_FILE = 500;

/**
 * What Athena reads for each canned query over one hour of one VPC, in the bucket of an organisation, beside what a table with a
 * partition for each day reads, as AWS's guide makes it.
 */
export async function athenaBytesFigures(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-bench-bytes-'));
  const fromSeconds = (Math.floor(Date.now() / 1_000 / DAY_SECONDS) - 1) * DAY_SECONDS;
  const lake = { files: FILES_A_DAY, recordsAFile: RECORDS_A_FILE, fromSeconds };
  const account = await openBenchAccount({ folder, logs: ORGANISATION_LOGS, ...lake });
  try {
    const environment = {
      ...account.environment,
      ...{ FLOWLOG_STATE: join(folder, 'state'), FLOWLOG_DIRECT_MB: '0' },
    };
    return await withBenchApp(environment, async ({ ask }) => {
      const figures: Figure[] = [];
      const smaller: Figure[] = [];
      let exact = 0;
      for (const line of linesAt(fromSeconds + DAY_SECONDS / 2)) {
        const before = account.scannedBytes();
        const { estimatedBytes, run, statement } = await ask(line.typed);
        const bytes = account.scannedBytes() - before;
        if (bytes !== run.scannedBytes) throw new Error(`${line.typed}: ${bytes} bytes were read`);
        const { length: files } = statement.scan.objects;
        const read = { what: line.shown, bytes, files };
        if (estimatedBytes === bytes) exact += 1;
        figures.push(figureOf(read, WHOLE_BUCKET, account));
        if (figures.length === 1)
          smaller.push(...SMALLER_TABLES.map((table) => figureOf(read, table, account)));
      }
      return [...figures, ...smaller, exactFigure(exact, figures.length)];
    });
  } finally {
    await account.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A line, and how the table of figures shows it. */
interface HourLine {
  readonly typed: string;
  readonly shown: string;
}

/** One line of each query, of the VPC by an address or by its name; and one of all VPCs that the app knows. */
function linesAt(noonSeconds: number): readonly HourLine[] {
  const at = (seconds: number) => `${new Date(seconds * 1_000).toISOString().slice(0, 16)}Z`;
  const window = `since ${at(noonSeconds)} until ${at(noonSeconds + 3_600)}`;
  const shown = catalog.map(({ name }) => {
    // The lake has no host of the story's second address.
    const line = (STORY_LINES[name] ?? name).replaceAll('10.0.2.20', '10.0.0.20');
    return line === name ? `${name} vpc=${OWN_LOGS[0]?.vpcId}` : line;
  });
  return [...shown, 'top-talkers'].map((line) => ({
    typed: `${line} ${window} names=off`,
    shown: line.replace(/vpc=.*/, 'vpc=…'),
  }));
}

/** A table with a partition for each day: which files are in that of the day. */
interface DayTable {
  readonly name: string;
  readonly has: (key: string) => boolean;
  readonly toReach: string;
}

const WHOLE_BUCKET: DayTable = {
  name: `the day, all ${ACCOUNTS} accounts`,
  has: () => true,
  toReach: '≤ 0.01',
};

/** AWS's guide has a table of one account and region; the least that a day can be is that of the flow log alone. */
const SMALLER_TABLES: readonly DayTable[] = [
  {
    name: `the day, this account and region (${OWN_LOGS.length} VPCs)`,
    has: (key) => key.includes(`/${LAKE_FLOW_LOG.account}/vpcflowlogs/${LAKE_FLOW_LOG.region}/`),
    toReach: '',
  },
  { name: 'the day, this flow log alone', has: (key) => key.includes(LAKE_FLOW_LOG.id), toReach: '' },
];

/** What Athena read for a line. */
interface ReadBytes {
  readonly what: string;
  readonly bytes: number;
  readonly files: number;
}

function figureOf(
  { what, bytes, files }: ReadBytes,
  { name, has, toReach }: DayTable,
  { bucket }: BenchAccount,
): Figure {
  const day = sizeOf(bucket.objects, has);
  return {
    figure: `\`${what}\`, one hour: bytes that Athena reads`,
    measured: `${shownBytes(bytes)} in ${files} files`,
    beside: `${name}: ${shownBytes(day.bytes)} in ${day.files} files, ${(day.bytes / bytes).toFixed(0)} times as much`,
    ratio: bytes / day.bytes,
    toReach,
  };
}

function exactFigure(exact: number, lines: number): Figure {
  return {
    figure: 'estimates of text that were what was read, to the byte',
    measured: `${exact} of ${lines}`,
    beside: '',
    ratio: undefined,
    toReach: 'all',
  };
}
