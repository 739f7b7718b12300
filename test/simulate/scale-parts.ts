import { table } from '../../scripts/readme-parts.ts';
import { athenaDollars, DEFAULT_PRICES } from '../../src/core/answer/cost.ts';
import { showBytes } from '../../src/core/wording.ts';
import {
  flowLogsNamed,
  foldersListed,
  mostFlowLogs,
  placesTogether,
  statementBytes,
  storeStatements,
} from './on-paper.ts';
import { type DayResult, type SimulatedDay, simulateDay } from './simulate.ts';

/** The seed of the page. */
export const PAGE_SEED = '1';

/** The days of the page: the limit of dollars is the one that is set by default, and one for a hundred teams. */
const DAYS: readonly SimulatedDay[] = [
  { teams: 1, processes: 1, dollarsADay: 20 },
  { teams: 1, processes: 10, dollarsADay: 20 },
  { teams: 10, processes: 1, dollarsADay: 20 },
  { teams: 10, processes: 10, dollarsADay: 20 },
  { teams: 100, processes: 1, dollarsADay: 20 },
  { teams: 100, processes: 1, dollarsADay: 200 },
  { teams: 100, processes: 10, dollarsADay: 200 },
];

/** The parts of `docs/scale.md` that are computed and simulated, by the name of their place in it. */
export async function scaleParts(seed: string): Promise<Readonly<Record<string, string>>> {
  const days: DayResult[] = [];
  // In turn: while a day is simulated, the timers of the process are those of its clock.
  for (const day of DAYS) days.push(await simulateDay(day, seed));
  return {
    simulation: table(DAY_HEAD, days.map(dayRow)),
    listing: await listing(),
    statements: statements(),
    places: places(),
    petabyte: petabyte(),
    store: await storeTable(),
  };
}

const DAY_HEAD = [
  'teams',
  'processes',
  'limit of the day',
  'questions',
  'p50',
  'p95',
  'p99',
  'worst',
  'refused',
  'too late',
  'to be approved',
  'dollars',
  "Slack's 429s",
  "Athena's refusals",
];

function dayRow({ teams, processes, dollarsADay, questions, ends, ...day }: DayResult): readonly string[] {
  const { waitedSeconds, dollars, slackRefused, athenaRefused } = day;
  return [
    ...[teams, processes].map(String),
    `$${dollarsADay}`,
    showCount(questions),
    ...[0.5, 0.95, 0.99, 1].map((part) => `${quantile(waitedSeconds, part).toFixed(1)} s`),
    ...[ends.refused, ends.late + ends.failed, ends['too costly']].map(showCount),
    `$${dollars.toFixed(2)}`,
    ...[slackRefused, athenaRefused].map(showCount),
  ];
}

/** The smallest value that so large a part of them does not exceed. */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}

function showCount(amount: number): string {
  return amount.toLocaleString('en-US');
}

const WINDOWS = [
  { words: 'an hour', hours: 1 },
  { words: 'a day', hours: 24 },
  { words: 'a week', hours: 7 * 24 },
] as const;

const ACCOUNTS = 10_000;

/** Of S3 Standard in us-east-1. @see https://aws.amazon.com/s3/pricing/ */
const DOLLARS_A_LIST = 0.005 / 1_000;

async function listing(): Promise<string> {
  const rows = await Promise.all(
    WINDOWS.map(async ({ words, hours }) => {
      const byHour = await foldersListed(hours, { isHourly: true });
      const byDay = await foldersListed(hours, { isHourly: false });
      const dollars = (listed: number) => `$${(listed * ACCOUNTS * DOLLARS_A_LIST).toFixed(2)}`;
      const ofAll = (listed: number) => `${showCount(listed * ACCOUNTS)}, ${dollars(listed)}`;
      return [words, String(byHour), ofAll(byHour), String(byDay), ofAll(byDay)];
    }),
  );
  const all = `${showCount(ACCOUNTS)} flow logs`;
  return table(
    ['window', 'folders by the hour: one flow log', all, 'folders by the day: one flow log', all],
    rows,
  );
}

function statements(): string {
  const rows = [1, 10, 20, 25, 28, 100, mostFlowLogs()].map((flowLogs) => [
    showCount(flowLogs),
    showCount(statementBytes(flowLogs)),
    showCount(flowLogsNamed(flowLogs)),
  ]);
  return table(
    ['flow logs in one question', 'bytes of its statement', 'whose files of an hour are named'],
    rows,
  );
}

function places(): string {
  const rows = [1, 2, 3, 4, 5, 6, 10, 20, 30].map((processes) => {
    const { all, long } = placesTogether(processes);
    return [processes, all / processes, all, long].map(String);
  });
  return table(['processes', 'executions at once, each', 'together', 'of those may be long'], rows);
}

const PETABYTE = 1_000_000_000_000_000;
const STORED_DAYS = 90;

function petabyte(): string {
  const anHour = PETABYTE / STORED_DAYS / 24;
  const read = (bytes: number) =>
    `${showBytes(bytes)}, $${athenaDollars(bytes, '', DEFAULT_PRICES).toFixed(bytes > anHour / 10 ? 2 : 5)}`;
  const rows = WINDOWS.map(({ words, hours }) => [
    words,
    read(hours * anHour),
    read((hours * anHour) / ACCOUNTS),
  ]);
  return table(['window', 'all accounts', `one account of ${showCount(ACCOUNTS)}`], rows);
}

async function storeTable(): Promise<string> {
  const counts = await storeStatements();
  const sum = [...counts.values()].reduce((a, b) => a + b, 0);
  const rows = [...counts].map(([what, amount]) => [what, String(amount)]);
  return table(['when', 'statements'], [...rows, ['together', String(sum)]]);
}
