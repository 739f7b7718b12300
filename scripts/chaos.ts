/**
 * Tries what `docs/reliability.md` promises on the app as it is built, and prints what became of it; ends with 1 where a
 * promise was not kept. `npm run chaos -- kills 300 1` kills the app at random moments: runs and seed. `npm run chaos -- load
 * 60 200 1` sends commands faster than they can be answered: seconds, commands a second, seed; with `untimed` behind them only
 * that is judged which does not depend on the speed of the machine. A number first means kills.
 */
import { createRandom } from '../src/playground/aws/random.ts';
import { runKills } from '../test/chaos/kills.ts';
import { runLoad } from '../test/chaos/load.ts';
import { brokenPromises, resultOf, sharesOf } from '../test/chaos/load-result.ts';

const [first = 'kills', ...others] = process.argv.slice(2);
const isKept = /^\d+$/.test(first) ? await kills(first, ...others) : await experimentOf(first)(...others);
if (!isKept) process.exitCode = 1;

function experimentOf(name: string): (...values: readonly string[]) => Promise<boolean> {
  if (name === 'kills') return kills;
  if (name === 'load') return load;
  throw new Error(`There is no experiment \`${name}\`: type kills or load.`);
}

async function kills(runs = '300', seed = '1'): Promise<boolean> {
  const rows = [];
  let isKept = true;
  for (const mayLook of [true, false]) {
    const progress = (run: number) => {
      if (run % 25 === 0) console.error(`${run} of ${runs} kills`);
    };
    const result = await runKills({
      runs: Number(runs),
      random: createRandom('chaos', seed),
      mayLook,
      progress,
    });
    const { lost, twice, orphans } = result;
    // Where Slack does not let the app look, a first message can stay behind whose note was not written.
    isKept &&= lost + twice + (mayLook ? orphans : 0) === 0;
    rows.push({ 'Slack lets the app look': mayLook ? 'yes' : 'no', ...result });
  }
  console.table(rows);
  return isKept;
}

async function load(seconds = '60', perSecond = '200', seed = '1', judged = 'timed'): Promise<boolean> {
  const total = Number(seconds) * Number(perSecond);
  const run = await runLoad({
    seconds: Number(seconds),
    perSecond: Number(perSecond),
    random: createRandom('load', seed),
    progress: (sent) => console.error(`${sent} of ${total} commands`),
  });
  const result = resultOf(run);
  console.table(Object.entries(result).map(([what, value]) => ({ what, value })));
  console.table(sharesOf(run));
  console.log(`event loop of the generator, 99th percentile: ${run.generatorMs.toFixed(1)} ms`);
  console.log(`until nothing was worked on any more: ${(run.drainedMs / 1_000).toFixed(1)} s`);
  const broken = brokenPromises(result, judged !== 'untimed');
  for (const words of broken) console.log(`Not kept: ${words}.`);
  return broken.length === 0;
}
