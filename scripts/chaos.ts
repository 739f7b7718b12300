/** Kills the app at random moments and counts what people see of it: `npm run chaos -- 300 1`, runs and seed. */
import { runKills } from '../test/chaos/kills.ts';

const [runs = '300', seed = '1'] = process.argv.slice(2);

/** Numbers from 0 to 1, the same for a seed: mulberry32, of Tommy Ettinger, in the public domain. */
function seeded(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const rows = [];
let isKept = true;
for (const mayLook of [true, false]) {
  const progress = (run: number) => {
    if (run % 25 === 0) console.error(`${run} of ${runs} kills`);
  };
  const result = await runKills({ runs: Number(runs), random: seeded(Number(seed)), mayLook, progress });
  const { lost, twice, orphans } = result;
  // Where Slack does not let the app look, a first message can stay behind whose note was not written.
  isKept &&= lost + twice + (mayLook ? orphans : 0) === 0;
  rows.push({ 'Slack lets the app look': mayLook ? 'yes' : 'no', ...result });
}
console.table(rows);
if (!isKept) process.exitCode = 1;
