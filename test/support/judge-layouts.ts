import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import type { Row } from '../../src/core/query/columns.ts';
import { type OpenLake, openLake } from './open-lake.ts';
import { LONG_AFTER, openLocalLake } from './open-local-lake.ts';
import { countsOf, pairsOf, readTextLake, within } from './read-text-lake.ts';

const seconds = (iso: string) => Date.parse(iso) / 1000;

const PAIRS = `SELECT srcaddr || ' ' || dstaddr || ' ' || count(*) || ' ' || sum(bytes) || ' ' || sum(packets) AS pair
  FROM flow_records WHERE log_status = 'OK' AND "end" >= FROM AND "start" < TO GROUP BY srcaddr, dstaddr`;
const DISTINCT = `SELECT count(DISTINCT srcaddr) AS s, count(DISTINCT dstport) AS p, count(DISTINCT interface_id) AS i
  FROM flow_records WHERE log_status = 'OK' AND "end" >= FROM AND "start" < TO`;

/** A lake in text and the same in Parquet, with windows and addresses that they have records of. */
export interface LayoutSet {
  readonly text: string;
  readonly parquet: string;
  readonly windows: readonly (readonly [from: string, to: string])[];
  readonly address: string;
  readonly other: string;
  readonly pair: readonly [client: string, server: string];
}

/** A line for each query of the catalog: a query without one fails the test, so that none is forgotten. */
function linesFor({ address, other, pair }: LayoutSet): Readonly<Record<string, readonly string[]>> {
  const about = ['to', 'from', 'traffic', 'ports'].map((name) => [
    name,
    [`${name} ${address}`, `${name} ${other}`],
  ]);
  return {
    ...Object.fromEntries(about),
    who: pair.map((each) => `who ${each}`),
    why: [`why ${pair.join(' ')}`],
    changes: ['changes', `changes ${other}`],
    between: [`between ${address} ${other}`],
    records: [`records ${other}`, 'records action=reject'],
    'top-talkers': ['top-talkers', `top-talkers ${other}`],
    rejected: ['rejected', `rejected ${address}`],
    timeline: ['timeline', `timeline ${other}`],
    gaps: ['gaps'],
  };
}

/** Everything that an answer says, but for the files and their bytes. */
async function saidBy(lake: OpenLake, line: string) {
  const { headline, rows, truncated, coverage } = await lake.ask(line);
  const { matched, skipData, noData, unreadableLines, filesFailed, completeUpTo, newestEnd } = coverage;
  const missing = coverage.missingSlots.map(({ fromSeconds, toSeconds }) => [fromSeconds, toSeconds]);
  const counts = {
    matched,
    skipData,
    noData,
    unreadableLines,
    filesFailed,
    completeUpTo,
    newestEnd,
    missing,
  };
  return { line, headline, rows: rows.map(withoutIds), truncated, counts };
}

/** The two lakes of a set are flow logs of two ids, which a missing file's row names. */
function withoutIds(row: Row) {
  return Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replace(/fl-[0-9a-f]{17}/, 'fl') : value,
  ]);
}

/** Only the first line of each query is asked for every window, or the tests take a minute. */
function windowsFor({ windows }: LayoutSet, index: number): readonly LayoutSet['windows'][number][] {
  return index === 0 ? windows : windows.slice(0, 1);
}

/** The lakes of a folder, by the name of the one in text. */
export function setsIn(
  folder: string,
  sets: readonly LayoutSet[],
): readonly (LayoutSet & { readonly name: string })[] {
  return sets.map((set) => ({
    ...set,
    name: set.text,
    text: join(folder, set.text),
    parquet: join(folder, set.parquet),
  }));
}

/** Judges both lakes of a set by another reader of the text. */
export function judgeByReader(set: LayoutSet): void {
  it.each([
    ['the text', set.text],
    ['the Parquet', set.parquet],
  ])('%s holds what another reader finds in the text, in every window', async (_, folder) => {
    const all = await readTextLake(set.text);
    const { rows } = await openLocalLake(folder);
    const lake = await openLake(folder, LONG_AFTER, catalog, 2);
    for (const [from, to] of set.windows) {
      const bounds = (sql: string) =>
        sql.replace('FROM AND', `${seconds(from)} AND`).replace('< TO', `< ${seconds(to)}`);
      const window = { from: new Date(from), to: new Date(to) };
      const inside = within(all, seconds(from), seconds(to));
      const flows = inside.filter((record) => record.get('log-status') === 'OK');
      // Without files there is nothing to run.
      if (inside.length === 0) continue;
      const run = await rows(bounds(PAIRS), window);
      expect(run.rows.map(([pair]) => String(pair)).toSorted()).toEqual(pairsOf(inside));
      expect(run).toMatchObject({ unread: [], unreadableLines: 0 });
      const distinct = ['srcaddr', 'dstport', 'interface-id'].map(
        (field) => Object.keys(countsOf(flows, field)).length,
      );
      expect((await rows(bounds(DISTINCT), window)).rows).toEqual([distinct.map(BigInt)]);
      const statuses = countsOf(inside, 'log-status');
      const { coverage } = await lake.ask(`timeline since ${from} until ${to}`);
      expect(coverage).toMatchObject({
        matched: flows.length,
        skipData: statuses.SKIPDATA ?? 0,
        noData: statuses.NODATA ?? 0,
      });
    }
    await lake.close();
  });
}

/** Judges the lakes of a set by each other: every query, over every window. */
export function judgeByEachOther(set: LayoutSet): void {
  it('answers every query of the catalog alike from text and from Parquet', async () => {
    const lines = linesFor(set);
    const [text, parquet] = [set.text, set.parquet].map((folder) => openLake(folder, LONG_AFTER, catalog, 2));
    if (text === undefined || parquet === undefined) throw new RangeError('a set has two lakes');
    for (const { name } of catalog) {
      expect(lines[name], `a line for ${name}`).toBeDefined();
      for (const [index, line] of (lines[name] ?? []).entries()) {
        for (const [from, to] of windowsFor(set, index)) {
          const asked = `${line} since ${from} until ${to}`;
          expect(await saidBy(await text, asked)).toEqual(await saidBy(await parquet, asked));
        }
      }
    }
    await (await text).close();
    await (await parquet).close();
    // Hundreds of questions over real flow logs take half a minute where the machine has other work.
  }, 120_000);
}
