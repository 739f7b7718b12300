import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createKeptFolder } from '../../../src/duckdb/kept/kept-folder.ts';
import { descriptionPath } from '../../../src/duckdb/kept/kept-slot.ts';
import { tempFolder } from '../../support/open-local-lake.ts';

const BYTES = 100;
const NOON_MS = Date.parse('2026-03-05T12:00:00Z');

/** A folder for ten files, of which each process that keeps some knows its own and what was there when it listed them. */
async function givenFolder() {
  const folder = await tempFolder('kept');
  const shard = join(folder, '.00');
  await mkdir(shard);
  const clock = { nowMs: NOON_MS };
  const now = () => new Date(clock.nowMs);
  let files = 0;
  return {
    clock,
    open: () => createKeptFolder(folder, 10 * BYTES, now),
    async write() {
      files += 1;
      clock.nowMs += 1_000;
      const path = join(shard, `${String(files).padStart(2, '0')}.parquet`);
      for (const each of [path, descriptionPath(path)]) {
        await writeFile(each, 'x'.repeat(BYTES));
        await utimes(each, now(), now());
      }
      return path;
    },
    left: async () => (await readdir(shard)).filter((name) => name.endsWith('.parquet')),
  };
}

it('what was used longest ago goes once there is too much, until a tenth is free', async () => {
  const { open, write, left } = await givenFolder();
  const kept = open();
  for (let times = 0; times < 11; times += 1) await kept.added(await write(), BYTES);
  expect(await left()).toEqual(
    ['03', '04', '05', '06', '07', '08', '09', '10', '11'].map((name) => `${name}.parquet`),
  );
});

it('what other processes keep in the folder counts, ten minutes later at most', async () => {
  const { clock, open, write, left } = await givenFolder();
  const [one, other] = [open(), open()];
  for (let times = 0; times < 7; times += 1)
    for (const kept of [one, other]) await kept.added(await write(), BYTES);
  expect(await left()).toHaveLength(14);
  clock.nowMs += 600_001;
  await one.added(await write(), BYTES);
  expect(await left()).toHaveLength(9);
  await other.added(await write(), BYTES);
  expect(await left()).toHaveLength(10);
});
