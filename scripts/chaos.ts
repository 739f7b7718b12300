/**
 * Tries what `docs/reliability.md` promises on the app as it is built, and prints what became of it; ends with 1 where a
 * promise was not kept. `npm run chaos -- kills 300 1` kills the app at random moments: runs and seed. `npm run chaos --
 * replicas 20 1` loses one of three processes again and again: rounds and seed. `npm run chaos -- load 60 200 1` sends
 * commands faster than they can be answered: seconds, commands a second, seed; with `untimed` behind them only that is judged
 * which does not depend on the speed of the machine. `npm run chaos -- soak 10 5 1` asks steadily and looks what the app
 * holds: minutes, commands a second, seed. All four are tried over each store; with `CHAOS_STORE=sqlite` or `postgres`
 * before them over that one alone. `npm run chaos -- hours 24 100000 1` asks over an engine and a Slack that answer at once,
 * on a clock that goes faster: hours, questions, seed.
 */
import { createRandom, type Random } from '../src/playground/aws/random.ts';
import { brokenOverHours, growthOf, type HoursSample, runHours } from '../test/chaos/hours.ts';
import { type Figures, figuresOf, runKills } from '../test/chaos/kills.ts';
import { runLoad } from '../test/chaos/load.ts';
import { brokenPromises, resultOf, sharesOf } from '../test/chaos/load-result.ts';
import { runReplicas } from '../test/chaos/replicas.ts';
import { runSoak, type SoakSample } from '../test/chaos/soak.ts';
import { postgresPrograms, startPostgres } from '../test/support/postgres-server.ts';

/** By how much the memory of the last quarter may differ from that of the quarter before, of a hundred. */
const FLAT_PERCENT = 10;

/** So long the answers of a process that is gone may take, in seconds. */
const TAKEOVER_SECONDS = 30;

/** What the app answers from, and whether Slack lets it look which of its messages were posted. */
const ENGINES = [
  { engine: 'embedded', mayLook: true },
  { engine: 'embedded', mayLook: false },
  { engine: 'Athena', mayLook: true },
] as const;

const [name = 'kills', ...others] = process.argv.slice(2);
if (!(await experimentOf(name)(...others))) process.exitCode = 1;

function experimentOf(experiment: string): (...values: readonly string[]) => Promise<boolean> {
  if (experiment === 'kills') return kills;
  if (experiment === 'replicas') return replicas;
  if (experiment === 'load') return load;
  if (experiment === 'soak') return soak;
  if (experiment === 'hours') return hoursOfQuestions;
  throw new Error(`There is no experiment \`${experiment}\`: type kills, replicas, load, soak or hours.`);
}

async function kills(runs = '300', seed = '1'): Promise<boolean> {
  const columns = new Map<string, Figures>();
  let isKept = true;
  for (const { engine, mayLook } of ENGINES)
    await overStores(
      seed,
      async (store, random, databaseUrl) => {
        const where = `${store}, ${engine}${mayLook ? '' : ', no look'}`;
        const progress = (run: number) => {
          if (run % 25 === 0) console.error(`${where}: ${run} of ${runs} kills`);
        };
        const result = await runKills({ runs: Number(runs), random, engine, mayLook, databaseUrl, progress });
        const { lost, twice, orphans, halves } = result.shown;
        const startedTwice = result.billed?.startedTwice ?? 0;
        // Where Slack does not let the app look, a first message can stay behind whose note was not written, a table is not
        // posted that may be there, and an answer is posted again that Slack took while the connection broke.
        isKept &&= lost + startedTwice + (mayLook ? twice + orphans + halves : 0) === 0;
        columns.set(where, figuresOf(result));
      },
      'at once',
    );
  console.table(sideBySide(columns));
  return isKept;
}

/** A line for each figure, with a column for each experiment. */
function sideBySide(columns: ReadonlyMap<string, Figures>): Readonly<Record<string, object>> {
  const names = new Set([...columns.values()].flatMap((figures) => Object.keys(figures)));
  const line = (name: string) =>
    Object.fromEntries(
      [...columns]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([where, figures]) => [where, figures[name] ?? '']),
    );
  return Object.fromEntries([...names].map((name) => [name, line(name)]));
}

async function load(seconds = '60', perSecond = '200', seed = '1', judged = 'timed'): Promise<boolean> {
  const total = Number(seconds) * Number(perSecond);
  let isKept = true;
  await overStores(seed, async (store, random, databaseUrl) => {
    const progress = (sent: number) => console.error(`${store}: ${sent} of ${total} commands`);
    const options = { seconds: Number(seconds), perSecond: Number(perSecond), random, databaseUrl, progress };
    const run = await runLoad(options);
    const result = resultOf(run);
    console.log(`${store}:`);
    console.table(Object.entries(result).map(([what, value]) => ({ what, value })));
    console.table(sharesOf(run));
    console.log(`event loop of the generator, 99th percentile: ${run.generatorMs.toFixed(1)} ms`);
    console.log(`until nothing was worked on any more: ${(run.drainedMs / 1_000).toFixed(1)} s`);
    if (!saidBroken(brokenPromises(result, judged !== 'untimed'))) isKept = false;
  });
  return isKept;
}

/** Whether no promise was broken; says which were. */
function saidBroken(broken: readonly string[]): boolean {
  for (const words of broken) console.log(`Not kept: ${words}.`);
  return broken.length === 0;
}

async function soak(minutes = '10', perSecond = '5', seed = '1'): Promise<boolean> {
  let isKept = true;
  await overStores(seed, async (store, random, databaseUrl) => {
    const progress = ({ residentBytes, descriptors }: SoakSample) =>
      console.error(`${store}: ${Math.round(residentBytes / 1e6)} MB, ${descriptors} descriptors`);
    const options = { minutes: Number(minutes), perSecond: Number(perSecond), random, databaseUrl, progress };
    const result = await runSoak(options);
    console.log(`${store}:`);
    console.table(Object.entries(result).map(([what, value]) => ({ what, value: String(value) })));
    const { hanging, residentPercent, descriptors, temporaryFiles } = result;
    isKept &&= residentPercent <= FLAT_PERCENT && descriptors[1] <= descriptors[0] * 1.2;
    isKept &&= hanging + temporaryFiles === 0;
  });
  return isKept;
}

async function hoursOfQuestions(hours = '24', questions = '100000', seed = '1'): Promise<boolean> {
  const progress = (sample: HoursSample) => console.error(JSON.stringify(shown(sample)));
  const result = await runHours({ hours: Number(hours), questions: Number(questions), seed, progress });
  console.table([...result.samples.filter((_, index) => index % 4 === 3), result.last].map(shown));
  console.log('growth over the last half, in percent:', JSON.stringify(growthOf(result.samples)));
  console.log(`${questions} questions in ${result.seconds} s`);
  return saidBroken(brokenOverHours(result));
}

function shown({ questions, held, heapBytes, mapEntries, rows }: HoursSample) {
  const mb = (bytes: number) => Math.round(bytes / 1e5) / 10;
  const { residentBytes, stateBytes, descriptors, temporaryFiles } = held;
  const bytes = { 'heap MB': mb(heapBytes), 'resident MB': mb(residentBytes), 'state MB': mb(stateBytes) };
  return { questions, ...bytes, descriptors, temporaryFiles, 'entries of maps': mapEntries, ...rows };
}

async function replicas(rounds = '20', seed = '1'): Promise<boolean> {
  const rows: object[] = [];
  let isKept = true;
  await overStores(seed, async (store, random, databaseUrl) => {
    const progress = (round: number) => console.error(`${store}: ${round} of ${rounds} rounds`);
    const result = await runReplicas({ rounds: Number(rounds), random, databaseUrl, progress });
    const { lost, twice, orphans, takeover } = result;
    isKept &&= lost + twice + orphans === 0 && takeover <= TAKEOVER_SECONDS;
    rows.push({ store, ...result });
  });
  console.table(rows);
  return isKept;
}

type Experiment = (store: string, random: Random, databaseUrl: string | undefined) => Promise<void>;

/** Does the same over SQLite, and over a PostgreSQL that is started for it; over one alone where CHAOS_STORE names it. */
async function overStores(seed: string, experiment: Experiment, when: 'in turn' | 'at once' = 'in turn') {
  const { CHAOS_STORE: only = '' } = process.env;
  if (!['', 'sqlite', 'postgres'].includes(only))
    throw new Error(`There is no store \`${only}\`: set CHAOS_STORE to sqlite or postgres, or leave it out.`);
  const overSqlite = async () => {
    if (only !== 'postgres') await experiment('SQLite', createRandom('chaos', seed, 'SQLite'), undefined);
  };
  const overPostgresToo = async () => {
    if (only !== 'sqlite') await overPostgres(seed, experiment);
  };
  if (when === 'at once') await Promise.all([overSqlite(), overPostgresToo()]);
  else {
    await overSqlite();
    await overPostgresToo();
  }
}

async function overPostgres(seed: string, experiment: Experiment): Promise<void> {
  const programs = postgresPrograms();
  if (programs === undefined) {
    if (process.env.CI) throw new Error('PostgreSQL is not installed: `apt-get install postgresql`');
    console.warn('SKIPPED: PostgreSQL is not installed, so that nothing was tried over it.');
    return;
  }
  const server = await startPostgres(programs);
  try {
    await experiment('PostgreSQL', createRandom('chaos', seed, 'PostgreSQL'), await server.newDatabase());
  } finally {
    await server.stop();
  }
}
