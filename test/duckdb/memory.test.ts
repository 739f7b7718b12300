import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanPlaces } from '../../src/duckdb/duckdb-engine.ts';
import { openDuckdb } from '../../src/duckdb/open-duckdb.ts';
import { flow, NOON } from '../support/flow.ts';
import { openLocalLake, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

const COUNT = 'SELECT count(*) AS n FROM flow_records';
/** One list of what a million pairs have: it cannot be spilled. */
const GREEDY = `SELECT max(len(l)) AS n FROM (
  SELECT array_agg(a.srcaddr || b.dstaddr || a.srcport || b.srcport || repeat('x', 500)) AS l
  FROM flow_records AS a, flow_records AS b)`;
/** An order over a million rows, which needs more than the limit and can be spilled. */
const SORTED = `SELECT count(*) AS n FROM (
  SELECT row_number() OVER (ORDER BY md5(a.srcport || '-' || b.srcport)) AS r
  FROM flow_records AS a, flow_records AS b) WHERE r > 0`;

async function smallLake(): Promise<string> {
  const folder = await tempFolder();
  await writeLake(
    folder,
    Array.from({ length: 1_200 }, (_, srcport) => flow(NOON, { srcport })),
  );
  return folder;
}

describe('a question that needs more memory than it may have', () => {
  it('fails as exhausted, and the engine answers the next one', async () => {
    const { rows } = await openLocalLake(await smallLake(), { memoryLimitMb: 64 });
    await expect(rows(GREEDY)).rejects.toMatchObject({ name: 'EngineError', code: 'exhausted' });
    expect((await rows(COUNT)).rows).toEqual([[1_200n]]);
  });

  it('is answered when what it holds can be spilled, and leaves nothing behind', async () => {
    const spillFolder = join(await tempFolder('spill'), 'made', 'when', 'missing');
    const { rows } = await openLocalLake(await smallLake(), { memoryLimitMb: 64, spillFolder });
    const run = rows(SORTED);
    const spilled = await filesSeenUntil(run, spillFolder);
    expect((await run).rows).toEqual([[1_440_000n]]);
    expect(spilled).toBeGreaterThan(0);
    expect(await readdir(spillFolder)).toEqual([]);
  });
});

describe('the memory that cannot be spilled', () => {
  it('is small for files of text, of whatever number: their buffers are', async () => {
    const folder = await tempFolder();
    const lines = Array.from({ length: 40 }, (_, slot) => flow(NOON + slot * 300, { bytes: slot }));
    await writeLake(folder, lines);
    const { rows } = await openLocalLake(folder, { memoryLimitMb: 32, threads: 4 });
    const all = 'SELECT count(*) AS n, CAST(sum(bytes) AS bigint) AS b FROM flow_records';
    expect((await rows(`${all} WHERE bytes + 0 >= 0`)).rows).toEqual([[40n, 780n]]);
  });

  it('is enough for each thread: no more of them run than the limit allows', async () => {
    const threadsOf = async (memoryLimitMb: number, threads: number) => {
      const [lakeFolder, spillFolder] = [await tempFolder(), await tempFolder('spill')];
      const duckdb = await openDuckdb({ lakeFolder, spillFolder, memoryLimitMb, threads });
      const read = await (await duckdb.connect()).runAndReadAll(`SELECT current_setting('threads')`);
      duckdb.closeSync();
      return Number(read.getRows()[0]?.[0]);
    };
    expect(await threadsOf(256, 64)).toBe(2);
    expect(await threadsOf(1_024, 64)).toBe(8);
    expect(await threadsOf(1_024, 3)).toBe(3);
    expect(await threadsOf(64, 2)).toBe(1);
  });
});

it.each([
  [256, 2_000_000],
  [512, 4_000_000],
  [64_000, 16_000_000],
])('under %i MB one long scan runs at once, and next to it one of at most %i bytes', (memoryMb, bytes) => {
  expect(scanPlaces(memoryMb)).toEqual({ atOnce: 2, longAtOnce: 1, longerThanBytes: bytes });
});

/** The most files that lay in a folder at once until a promise settled. */
async function filesSeenUntil(settled: Promise<unknown>, folder: string): Promise<number> {
  let most = 0;
  let done = false;
  const end = settled.finally(() => {
    done = true;
  });
  while (!done) most = Math.max(most, (await readdir(folder)).length);
  await end;
  return most;
}
