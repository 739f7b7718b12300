import { appendFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFolderLake } from '../../../src/duckdb/lake/folder-lake.ts';
import { describeLake } from '../../contract/lake.ts';
import { flow, NOON } from '../../support/flow.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { writeLake } from '../../support/write-lake.ts';

const { signal } = new AbortController();

for (const layout of ['daily', 'hourly', 'hive', 'hive-hourly'] as const) {
  describeLake(`in a folder, ${layout}`, async () => {
    const folder = await tempFolder();
    return {
      lake: createFolderLake(folder),
      write: (records, options = {}) => writeLake(folder, records, { layout, ...options }),
    };
  });
}

it('the listing of a folder marks each file, otherwise once it has changed, and nothing that is no file', async () => {
  const folder = await tempFolder();
  const [key = ''] = await writeLake(folder, [flow(NOON)]);
  const lake = createFolderLake(folder);
  const marks = async () =>
    (await lake.during({ fromSeconds: NOON - 3_600, toSeconds: NOON + 3_600 }, signal)).map(
      ({ key, mark }) => ({ key, mark }),
    );
  const [first] = await marks();
  expect(first?.mark).toBeDefined();
  expect(await marks()).toEqual([first]);
  await appendFile(join(folder, key), 'more');
  const [changed] = await marks();
  expect(changed).toMatchObject({ key });
  expect(changed?.mark).not.toBe(first?.mark);
  await rm(join(folder, key));
  await symlink('/dev/null', join(folder, key));
  expect(await marks()).toEqual([{ key, mark: undefined }]);
});
