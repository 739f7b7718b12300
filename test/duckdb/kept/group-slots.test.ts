import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createGroupSlots } from '../../../src/duckdb/kept/group-slots.ts';
import { clearKept, LOG_GROUPS } from '../../../src/duckdb/kept/kept-folder.ts';
import { tempFolder } from '../../support/open-local-lake.ts';

const DAY = 86_400;
const SLOTS = new Map([
  [DAY - 300, { bytes: 10, atSeconds: 5 }],
  [DAY, { bytes: 0, atSeconds: 6 }],
]);
const newId = () => 'aside';

/** The files of a folder and of those below it. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

it('slots of a group are found again, also by the next process and across days, and those of others are not', async () => {
  const folder = await tempFolder('kept');
  await createGroupSlots(folder, newId).learn('a', SLOTS);
  const next = createGroupSlots(folder, newId);
  expect(await next.find('a', [DAY - 300, DAY, DAY + 300])).toEqual(SLOTS);
  expect(await next.find('b', [DAY])).toEqual(new Map());
  await next.learn('a', new Map([[DAY, { bytes: 7, atSeconds: 9 }]]));
  expect((await next.find('a', [DAY])).get(DAY)).toEqual({ bytes: 7, atSeconds: 9 });
});

it('they are in files of one day that this user alone may read, and no half of one', async () => {
  const folder = await tempFolder('kept');
  await createGroupSlots(folder, newId).learn('a', SLOTS);
  const files = await filesIn(folder);
  expect(files).toHaveLength(2);
  for (const file of files) {
    expect(file).toMatch(/\d\.json$/);
    expect((await stat(file)).mode & 0o077).toBe(0);
  }
});

it('a damaged file, and a folder that cannot be written, cost what is remembered and nothing else', async () => {
  const folder = await tempFolder('kept');
  await createGroupSlots(folder, newId).learn('a', SLOTS);
  for (const file of await filesIn(folder)) await writeFile(file, (await readFile(file)).subarray(0, 9));
  const next = createGroupSlots(folder, newId);
  expect(await next.find('a', [DAY])).toEqual(new Map());

  const taken = join(folder, 'taken');
  await writeFile(taken, 'a file where the folder should be');
  const slots = createGroupSlots(taken, newId);
  await slots.learn('a', SLOTS);
  expect(await slots.find('a', [DAY])).toEqual(new Map([[DAY, { bytes: 0, atSeconds: 6 }]]));
});

it('`cache clear` forgets them with what is kept', async () => {
  const folder = await tempFolder('kept');
  await mkdir(folder, { recursive: true });
  await createGroupSlots(join(folder, LOG_GROUPS), newId).learn('a', SLOTS);
  await clearKept(folder);
  expect(await filesIn(folder)).toEqual([]);
});
