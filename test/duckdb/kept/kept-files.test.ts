import {
  appendFile,
  chmod,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import { createInflatedTexts } from '../../../src/duckdb/kept/inflated-texts.ts';
import { createKeptFiles } from '../../../src/duckdb/kept/kept-files.ts';
import { clearKept } from '../../../src/duckdb/kept/kept-folder.ts';
import type { Inspect } from '../../../src/duckdb/lake/inspector.ts';
import { createFolderFiles } from '../../../src/duckdb/lake/lake-files.ts';
import type { Shape } from '../../../src/duckdb/lake/shape.ts';
import { collected } from '../../support/collected.ts';
import { afterNoon, flow, NOON } from '../../support/flow.ts';
import { type LocalLake, openLocalLake, tempFolder } from '../../support/open-local-lake.ts';
import { lineOf, writeBytes, writeLake, writeLog } from '../../support/write-lake.ts';

const ALL =
  'SELECT srcport, dstport, srcaddr, bytes, "end", action, log_status FROM flow_records ORDER BY ALL';
const MANY = 1_000_000_000;
const SHAPE: Shape = { format: 'text', fields: DEFAULT_FORMAT, columns: [], header: true, exported: false };

/** A lake of three slots, with its kept folder, and an engine over both. */
async function given(options: { readonly mostBytes?: number } = {}) {
  const [folder, kept] = [await tempFolder(), await tempFolder('kept')];
  const keys = await writeLake(
    folder,
    [0, 1, 2].flatMap((slot) => [1, 2, 3].map((srcport) => flow(NOON + slot * 300, { srcport }))),
  );
  const open = () => openLocalLake(folder, { kept: { folder: kept, mostBytes: options.mostBytes ?? MANY } });
  return { folder, kept, keys, open };
}

/** The Parquet files that are kept. */
async function keptIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith('.parquet'))
    .map((name) => join(folder, name))
    .toSorted();
}

/** Asks once from the files, waits until they are kept, and returns the rows. */
async function askAndKeep(lake: LocalLake) {
  const asked = await lake.rows(ALL);
  await lake.kept();
  return asked;
}

describe('text that was read', () => {
  it('is kept as Parquet, a file for each, readable by its user alone, and answers the same', async () => {
    const { kept, open } = await given();
    const lake = await open();
    const first = await askAndKeep(lake);
    const files = await keptIn(kept);
    expect(files).toHaveLength(3);
    for (const file of files)
      for (const path of [file, `${file}.json`]) expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await lake.rows(ALL)).toEqual(first);
    // Another process finds it as well.
    expect(await (await open()).rows(ALL)).toEqual(first);
  });

  it('that could not be kept is read as before, and said once, with why', async () => {
    const { open } = await given({ mostBytes: 10 });
    const lake = await open();
    const first = await askAndKeep(lake);
    expect(first.rows).toHaveLength(9);
    await expect(lake.keepLanded()).rejects.toThrow(
      /^3 files could not be kept, and will be read anew .*: .* has \d+ bytes, more than may be kept at all$/,
    );
    await lake.keepLanded();
    expect(await lake.rows(ALL)).toEqual(first);
  });

  it('counts once where it is kept in the lake itself', async () => {
    const { folder } = await given();
    const lake = await openLocalLake(folder, { kept: { folder, mostBytes: MANY } });
    const first = await askAndKeep(lake);
    expect(first.rows).toHaveLength(9);
    expect(await lake.rows(ALL)).toEqual(first);
  });

  it('is what later questions read', async () => {
    const { folder, keys, open } = await given();
    const changed = new Date('2026-01-01T00:00:00Z');
    for (const key of keys) await utimes(join(folder, key), changed, changed);
    const lake = await open();
    const first = await askAndKeep(lake);
    // The same size and time, and nothing to read in it.
    for (const key of keys) {
      const path = join(folder, key);
      await writeFile(path, Buffer.alloc((await stat(path)).size));
      await utimes(path, changed, changed);
    }
    expect((await lake.rows(ALL)).rows).toEqual(first.rows);
    expect((await (await open()).rows(ALL)).rows).toEqual(first.rows);
  });

  it('is read from the files themselves where the scan says so', async () => {
    const { kept, open } = await given();
    const lake = await open();
    const scan = { ...(await lake.scan(afterNoon(0), afterNoon(900))), isOfOrigins: true };
    const { signal } = new AbortController();
    const { rows } = await collected(lake.engine, { text: ALL, bound: [], scan }, signal);
    await lake.kept();
    expect(rows).toHaveLength(9);
    expect(await keptIn(kept)).toEqual([]);
  });

  it('is kept before it was read where it landed within the last hour', async () => {
    const { folder, kept } = await given();
    await writeLake(folder, [flow(NOON - 7_200)]);
    const now = new Date((NOON + 900) * 1_000);
    const lake = await openLocalLake(folder, { kept: { folder: kept, mostBytes: MANY }, now });
    await lake.keepLanded();
    await lake.kept();
    expect(await keptIn(kept)).toHaveLength(3);
  });

  it('is not kept where it cannot be written, and answers all the same', async () => {
    const { kept, open } = await given();
    await rm(kept, { recursive: true });
    await writeFile(kept, 'no folder');
    const lake = await open();
    const first = await askAndKeep(lake);
    expect(await lake.rows(ALL)).toEqual(first);
  });
});

describe('a file that changed', () => {
  it('is read anew, and kept anew', async () => {
    const { folder, keys, kept, open } = await given();
    const lake = await open();
    await askAndKeep(lake);
    const [key = ''] = keys;
    await writeLog(join(folder, key), DEFAULT_FORMAT, [lineOf(flow(NOON, { srcport: 77 }))]);
    const { rows } = await askAndKeep(lake);
    expect(rows.map(([port]) => port)).toContain(77n);
    expect(await keptIn(kept)).toHaveLength(4);
    expect((await lake.rows(ALL)).rows).toEqual(rows);
  });

  it('or went away since it was kept is not answered from what was kept', async () => {
    const { folder, keys, open } = await given();
    const lake = await open();
    await askAndKeep(lake);
    await rm(join(folder, keys[0] ?? ''));
    expect((await lake.rows(ALL)).rows).toHaveLength(6);
  });
});

describe('what is kept and damaged', () => {
  const damage: readonly (readonly [string, (path: string) => Promise<void>])[] = [
    ['cut off', (path) => truncate(path, 100)],
    ['empty', (path) => truncate(path, 0)],
    ['gone', (path) => rm(path)],
    ['not described any more', (path) => rm(`${path}.json`)],
    ['described by other words', (path) => writeFile(`${path}.json`, '{"key":"x"}')],
    ['a folder', async (path) => void (await rename(path, `${path}-away`))],
    ['longer', (path) => appendFile(path, 'x')],
    ['not to be opened', (path) => chmod(path, 0)],
  ];

  it.each(damage)('is noticed and made again: %s', async (_, spoil) => {
    const { kept, open } = await given();
    const lake = await open();
    const first = await askAndKeep(lake);
    for (const path of await keptIn(kept)) await spoil(path);
    // In the process that kept it, and in one that starts with it.
    expect((await lake.rows(ALL)).rows).toEqual(first.rows);
    const next = await open();
    expect((await askAndKeep(next)).rows).toEqual(first.rows);
    expect((await next.rows(ALL)).rows).toEqual(first.rows);
  });

  it('in any one byte never changes an answer', async () => {
    const { kept, open } = await given();
    const first = await askAndKeep(await open());
    const files = await keptIn(kept);
    const whole = await Promise.all(files.map((file) => readFile(file)));
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        for (const [index, file] of files.entries()) {
          const bytes = Buffer.from(whole[index] ?? []);
          bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ flip;
          await writeFile(file, bytes);
        }
        const lake = await open();
        expect((await lake.rows(ALL)).rows).toEqual(first.rows);
        await lake.kept();
      }),
      { numRuns: 15 },
    );
  });
});

describe('what is not as a text file should be', () => {
  it.each([
    ['lines that are no records', ['not a record', lineOf(flow(NOON, { srcport: 5 })), '']],
    ['blank lines', [lineOf(flow(NOON)), '', lineOf(flow(NOON, { srcport: 6 }))]],
    ['no record at all', []],
  ])('answers the same once it is kept: %s', async (_, lines) => {
    const [folder, kept] = [await tempFolder(), await tempFolder('kept')];
    const [key = ''] = await writeLake(folder, [flow(NOON)]);
    await writeLog(join(folder, key), DEFAULT_FORMAT, lines);
    const lake = await openLocalLake(folder, { kept: { folder: kept, mostBytes: MANY } });
    const first = await askAndKeep(lake);
    expect(await keptIn(kept)).toHaveLength(1);
    expect(await lake.rows(ALL)).toEqual(first);
  });

  it('is never kept where it cannot be read', async () => {
    const [folder, kept] = [await tempFolder(), await tempFolder('kept')];
    const [key = ''] = await writeLake(folder, [flow(NOON), flow(NOON + 300)]);
    await writeBytes(join(folder, key), 'garbage');
    const lake = await openLocalLake(folder, { kept: { folder: kept, mostBytes: MANY } });
    await askAndKeep(lake);
    expect(await keptIn(kept)).toHaveLength(1);
  });
});

describe('the room for what is kept', () => {
  it('is never exceeded: what was not read for longest goes', async () => {
    const { kept, open } = await given();
    await askAndKeep(await open());
    const bytes = await Promise.all((await keptIn(kept)).map(async (path) => (await stat(path)).size));
    await clearKept(kept);
    const mostBytes = bytes.reduce((sum, each) => sum + each, 0) - 1;
    const limited = await given({ mostBytes });
    const first = await askAndKeep(await limited.open());
    expect((await keptIn(limited.kept)).length).toBeLessThan(3);
    expect((await (await limited.open()).rows(ALL)).rows).toEqual(first.rows);
  });

  it('takes no file that is larger than all of it', async () => {
    const { kept, open } = await given({ mostBytes: 1 });
    const lake = await open();
    const first = await askAndKeep(lake);
    expect(await keptIn(kept)).toEqual([]);
    expect(await askAndKeep(lake)).toEqual(first);
  });

  it('is cleared of what flowlog kept, and of nothing else', async () => {
    const { kept, open } = await given();
    await askAndKeep(await open());
    await writeFile(join(kept, 'mine.parquet'), 'mine');
    expect(await clearKept(kept)).toMatchObject({ files: 3 });
    expect(await keptIn(kept)).toEqual([join(kept, 'mine.parquet')]);
  });
});

it('one file that cannot be kept keeps no other from it, and is not tried with each question', async () => {
  const tried: string[] = [];
  const inspect: Inspect = async () => ({ shape: SHAPE, mark: 'one' });
  const files = createKeptFiles(createFolderFiles('/lake', inspect), {
    root: '/lake',
    inspect,
    inflated: createInflatedTexts('/inflated'),
    slots: {
      find: async () => undefined,
      async keep(key) {
        tried.push(key);
        if (key === 'odd') throw new Error('an odd file');
      },
      used: async () => {},
      drop: async () => false,
    },
    duckdb: {
      memoryLimitMb: 1,
      connect: () => Promise.reject(new Error('none')),
      failed() {},
      closeSync() {},
    },
    isBusy: () => false,
    pause: async () => {},
    closing: new AbortController().signal,
  });
  const read = ['odd', 'other'].map((key) => ({
    object: { key, bytes: 1, slot: undefined },
    path: `/lake/${key}`,
    shape: SHAPE,
  }));
  files.wereRead(read);
  await files.settled();
  files.wereRead(read);
  await files.settled();
  expect(tried).toEqual(['odd', 'other', 'other']);
});

it('a statement cannot write what is kept', async () => {
  const { kept, open } = await given();
  const lake = await open();
  await askAndKeep(lake);
  await expect(lake.rows(`COPY (SELECT 1) TO '${join(kept, 'x.parquet')}'`)).rejects.toThrow(
    'only a SELECT is run',
  );
});
