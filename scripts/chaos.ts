/** Kills the app at random moments and counts what people see of it: `npm run chaos -- 300 1`, runs and seed. */
import { createRandom } from '../src/playground/aws/random.ts';
import { runKills } from '../test/chaos/kills.ts';

const [runs = '300', seed = '1'] = process.argv.slice(2);

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
if (!isKept) process.exitCode = 1;
