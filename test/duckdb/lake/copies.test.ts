import { copyFile, cp, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import { afterNoon, flow, NOON } from '../../support/flow.ts';
import { openLake } from '../../support/open-lake.ts';
import { LONG_AFTER, openLocalLake, tempFolder } from '../../support/open-local-lake.ts';
import { lineOf, logText, writeBytes, writeLake, writeLog } from '../../support/write-lake.ts';

const RECORDS = Array.from({ length: 16 }, (_, slot) => flow(NOON + slot * 300 + 30, { srcport: slot }));
const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:30Z';

/** A whole lake in which the first file was copied: to another name, or more. */
async function copied(copy: (folder: string, key: string) => Promise<void>) {
  const folder = await tempFolder();
  const [key = ''] = await writeLake(folder, RECORDS);
  await copy(folder, key);
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const { rows, coverage } = await ask(`records ${WINDOW}`);
  const empty = await ask(`records port=9999 action=accept ${WINDOW}`);
  await close();
  return {
    ports: rows.map(({ srcport }) => srcport).toSorted((a, b) => Number(a) - Number(b)),
    coverage,
    empty,
  };
}

/** The records of the window, among them the one that began in it and ended behind it. */
const ONCE = [0, 1, 2, 3, 4, 5, 6];

describe('a file that is there twice counts once, and the answer says so', () => {
  it.each([
    ['a copy that the system numbered', (key: string) => key.replace('.log.gz', ' (1).log.gz')],
    ['a copy by another name', (key: string) => join(dirname(key), 'Copy of it.log.gz')],
    ['a copy elsewhere', (key: string) => `backup/${key}`],
    [
      'a copy in a folder of the same tree',
      (key: string) => join(dirname(key), 'old', key.split('/').at(-1) ?? ''),
    ],
    ['a copy with a letter behind', (key: string) => `${key}.bak.gz`],
  ])('%s', async (_, to) => {
    const { ports, coverage, empty } = await copied(async (folder, key) => {
      await mkdir(dirname(join(folder, to(key))), { recursive: true });
      await copyFile(join(folder, key), join(folder, to(key)));
    });
    expect(ports).toEqual(ONCE);
    expect(coverage.notes).toEqual([expect.stringMatching(/^1 file holds the same records as another/)]);
    expect(empty.headline).toMatch(/the logs of the window are complete/);
  });

  it('an unpacked twin', async () => {
    const { ports, coverage } = await copied(async (folder, key) => {
      const packed = await readFile(join(folder, key));
      await writeBytes(join(folder, key.replace(/\.gz$/, '')), gunzipSync(packed));
    });
    expect(ports).toEqual(ONCE);
    expect(coverage.notes).toEqual([expect.stringMatching(/^1 file holds the same records as another/)]);
  });

  it('a whole folder that was copied elsewhere in the tree', async () => {
    const { ports, coverage } = await copied(async (folder) => {
      await cp(join(folder, 'AWSLogs'), join(folder, 'copy/of/AWSLogs'), { recursive: true });
    });
    expect(ports).toEqual(ONCE);
    expect(coverage.notes).toEqual([expect.stringMatching(/^9 files hold .* and 6 more$/)]);
  });
});

describe('a file that is called alike but holds another text', () => {
  it('is read, and the answer says that its records may count twice', async () => {
    const { coverage } = await copied(async (folder, key) => {
      const name = key.replace('.log.gz', '.log.parquet');
      await writeLog(join(folder, name), DEFAULT_FORMAT, [lineOf(RECORDS[0] ?? {})]);
    });
    expect(coverage.notes).toEqual([
      expect.stringMatching(/^1 file has the name, .* may count twice: .*parquet$/),
    ]);
  });
});

describe('files that are no copies', () => {
  it('are read, though they hold the same: AWS calls them differently, as those of two flow logs', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [flow(NOON)], { flowLog: 'fl-0a' });
    await writeLake(folder, [flow(NOON)], { flowLog: 'fl-0b' });
    const { rows } = await openLocalLake(folder);
    expect((await rows('SELECT count(*) AS n FROM flow_records')).rows).toEqual([[2n]]);
  });

  it('are read where the records do not name their owner', async () => {
    const fields = ['srcaddr', 'dstaddr', 'bytes', 'start', 'end'];
    const folder = await tempFolder();
    for (const name of ['eni-a/000000.log', 'eni-b/000000.log']) {
      await writeLog(join(folder, name), fields, [lineOf(flow(NOON), fields)]);
    }
    const { rows } = await openLocalLake(folder);
    expect((await rows('SELECT count(*) AS n FROM flow_records')).rows).toEqual([[2n]]);
  });
});

it('a copy is read when the file that it is a copy of has gone since', async () => {
  const folder = await tempFolder();
  const [key = ''] = await writeLake(folder, [flow(NOON)]);
  const kept = key.replace('.log.gz', ' (1).log.gz');
  await writeBytes(join(folder, kept), gzipSync(logText([lineOf(flow(NOON))])));
  const { scan, engine } = await openLocalLake(folder);
  const chosen = await scan(afterNoon(0), afterNoon(60));
  expect(chosen.objects).toMatchObject([{ key: kept, copyOf: key }, { key }]);
  await rm(join(folder, key));
  const parts: unknown[] = [];
  const statement = { text: 'SELECT count(*) AS n FROM flow_records', bound: [], scan: chosen };
  const run = await engine.run(
    statement,
    ({ rows }) => void parts.push(...rows),
    new AbortController().signal,
  );
  expect(parts).toEqual([[1n]]);
  expect(run).toMatchObject({ filesRead: 1, unread: [{ key }] });
});
