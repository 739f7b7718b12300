import { join } from 'node:path';
import { openAsking } from '../../src/app/asking.ts';
import { readConfig } from '../../src/app/config.ts';
import { THIS_WORLD } from '../../src/app/this-process.ts';
import { type Figure, medianOf, shownMs, timed } from './figure.ts';
import { type BenchLake, keepAll, plainPairs } from './kept-slots.ts';

const MEMORY_MB = 512;
const { signal } = new AbortController();

/** Lines in the running app over the whole lake, first and later, and the pairs of all addresses at 512 MB. */
export async function questionFigures(bench: BenchLake): Promise<readonly Figure[]> {
  const { lake, folder, files, fromSeconds } = bench;
  const config = readConfig({
    FLOWLOG_LAKE: lake,
    FLOWLOG_STATE: join(folder, 'asked'),
    FLOWLOG_MEMORY_MB: String(MEMORY_MB),
    FLOWLOG_TIMEOUT_SECONDS: '600',
  });
  const asking = await openAsking(config, THIS_WORLD);
  const at = (seconds: number) => `${new Date(seconds * 1_000).toISOString().slice(0, 16)}Z`;
  const window = `since ${at(fromSeconds)} until ${at(fromSeconds + files * 300)}`;
  const ask = async (line: string) => {
    const question = asking.understand(`${line} ${window} names=off`, 'UTC');
    if (!('query' in question)) throw new Error(`${line} is no question`);
    await asking.ask(question, { signal });
  };
  try {
    const pairsMs = await timed(() => ask('top-talkers'));
    await keepAll(bench, join(folder, 'asked', 'kept'));
    const plainMs = await plainPairs(bench, MEMORY_MB);
    const figures: Figure[] = [
      {
        figure: `\`top-talkers\` at ${MEMORY_MB} MB, first`,
        measured: shownMs(pairsMs),
        beside: `DuckDB alone, pairs only: ${shownMs(plainMs)}`,
        ratio: pairsMs / plainMs,
        toReach: 'answers; ≤ 1.5',
      },
    ];
    for (const line of ['to 10.0.9.9 port=443', 'timeline', 'rejected']) {
      const laterMs = await medianOf(3, () => ask(line));
      figures.push({
        figure: `\`${line}\` over what is kept, in the app`,
        measured: shownMs(laterMs),
        beside: '',
        ratio: undefined,
        toReach: '≤ 0.3 s',
      });
    }
    return figures;
  } finally {
    await asking.close();
  }
}
