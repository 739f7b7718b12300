import { link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Local } from '../../src/app/open-local.ts';
import { SLOT_SECONDS } from '../../src/core/flow-log/slots.ts';
import { type Figure, medianOf, shownMs, timed } from './figure.ts';
import { type BenchLake, openOver } from './kept-slots.ts';
import { writeTextLake } from './text-lake.ts';

const { signal } = new AbortController();
const EACH_MINUTE = 'SELECT "end" // 60 AS m, sum(bytes) AS b FROM flow_records GROUP BY 1 ORDER BY 1';
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;
const RUNS = 5;

async function ask({ sources, engine }: Local, fromSeconds: number, seconds: number): Promise<void> {
  const window = { from: new Date(fromSeconds * 1_000), to: new Date((fromSeconds + seconds) * 1_000) };
  const scan = await sources.scanFor({ window, scope: {}, addresses: [], eni: undefined }, signal);
  await engine.run({ text: EACH_MINUTE, bound: [], scan }, () => undefined, signal);
}

/** Fifteen minutes beside all that there is, both over files that nothing has looked at. */
export async function partOfADay({ lake, folder, files, fromSeconds }: BenchLake): Promise<Figure> {
  async function first(seconds: number): Promise<number> {
    const local = await openOver(lake, join(folder, `first-${seconds}`), folder);
    const ms = await timed(() => ask(local, fromSeconds, seconds));
    local.close();
    return ms;
  }
  const all = files * SLOT_SECONDS;
  const [partMs, allMs] = [await first(900), await first(all)];
  return {
    figure: '15 minutes of a day',
    measured: shownMs(partMs),
    beside: `${(all / HOUR_SECONDS).toFixed(0)} h: ${shownMs(allMs)}`,
    ratio: partMs / allMs,
    toReach: '≤ 0.05 of 24 h',
  };
}

/** One hour of a year of files for each five minutes, beside the same hour of one day. The files of all days are links to those of one. */
export async function hourOfAYear(days = 365): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-bench-year-'));
  try {
    const [day, year] = [join(folder, 'day'), join(folder, 'year')];
    const fromSeconds = Date.UTC(2026, 0, 1) / 1_000;
    await writeTextLake({ folder: day, files: DAY_SECONDS / SLOT_SECONDS, recordsAFile: 50, fromSeconds });
    await repeat(day, year, days);
    const time = async (lake: string) => {
      const local = await openOver(lake, join(folder, 'kept'), folder);
      await ask(local, fromSeconds, HOUR_SECONDS);
      await local.kept();
      const ms = await medianOf(RUNS, () => ask(local, fromSeconds, HOUR_SECONDS));
      local.close();
      return ms;
    };
    const [yearMs, dayMs] = [await time(year), await time(day)];
    return {
      figure: `one hour of ${days} days (${days * 288} files)`,
      measured: shownMs(yearMs),
      beside: `of one day: ${shownMs(dayMs)}`,
      ratio: yearMs / dayMs,
      toReach: '≤ 1.2',
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function repeat(from: string, to: string, days: number): Promise<void> {
  const names = (await readdir(from, { recursive: true })).filter((name) => name.endsWith('.log.gz'));
  for (let day = 0; day < days; day += 1) {
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
    const of = (name: string) =>
      name
        .replace('2026/01/01', date.replaceAll('-', '/'))
        .replace('_20260101T', `_${date.replaceAll('-', '')}T`);
    await mkdir(join(to, dirname(of(names[0] ?? ''))), { recursive: true });
    for (const name of names) await link(join(from, name), join(to, of(name)));
  }
}
