import { describe, expect, it } from 'vitest';
import { flow, NOON } from '../support/flow.ts';
import { openLocalLake, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

const HEAVY = `SELECT count(*) AS n FROM flow_records AS a, flow_records AS b, flow_records AS c
  WHERE a.srcport + b.srcport * c.srcport = -1`;

/** Counts how often the event loop comes round until a promise settles. */
async function roundsUntil(settled: Promise<unknown>): Promise<number> {
  let rounds = 0;
  let done = false;
  const end = settled.finally(() => {
    done = true;
  });
  while (!done) {
    await new Promise((next) => setImmediate(next));
    rounds += 1;
  }
  await end;
  return rounds;
}

describe('a long scan', () => {
  it('leaves the event loop free: it goes on coming round', async () => {
    const folder = await tempFolder();
    await writeLake(
      folder,
      Array.from({ length: 450 }, (_, srcport) => flow(NOON, { srcport })),
    );
    const { rows } = await openLocalLake(folder);
    const short = await roundsUntil(rows('SELECT count(*) AS n FROM flow_records'));
    const long = await roundsUntil(rows(HEAVY));
    expect(long).toBeGreaterThan(2 * short);
  });
});
