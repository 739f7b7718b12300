import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { STORY_LINES } from '../catalog/story-lines.ts';
import { type LogRecord, recordsOf } from '../fixtures/log-records.ts';
import { writeRecords } from '../fixtures/write-records.ts';
import { askFixture, NOW, STORY_WINDOW } from '../support/ask-fixture.ts';
import { type OpenLake, openLake } from '../support/open-lake.ts';
import { sharedFolder } from '../support/shared-folder.ts';

/** The same records in an order that has nothing to do with the first; the same for every run of the tests. */
function shuffled(records: readonly LogRecord[], seed: number): readonly LogRecord[] {
  const keyed = records.map((record, index) => ({ record, key: ((index + 1) * seed) % 1009 }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ record }) => record);
}

/** Lakes of the story's records in another order each, written once for all queries. */
const SEEDS = [7, 31, 101] as const;
const inOrder = new Map<number, OpenLake>();

beforeAll(async () => {
  for (const seed of SEEDS) {
    const folder = await sharedFolder();
    await writeRecords(folder, shuffled(recordsOf(), seed));
    // Two threads, because they read files in an order of their own.
    inOrder.set(seed, await openLake(folder, NOW, catalog, 2));
  }
});
afterAll(async () => {
  for (const { close } of inOrder.values()) await close();
});

describe.each(catalog.map(({ name }) => name))('%s', (name) => {
  const line = STORY_LINES[name] ?? '';

  it.each(SEEDS)('answers the same whatever the order of the records (%i)', async (seed) => {
    const answer = await inOrder.get(seed)?.ask(`${line} ${STORY_WINDOW}`);
    expect(answer?.rows).toEqual((await askFixture(line)).rows);
  });
});
