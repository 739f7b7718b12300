import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectText } from '../../src/duckdb/lake/inspect-text.ts';
import { createTextThreads } from '../../src/duckdb/lake/text-threads.ts';
import { flow, NOON } from '../support/flow.ts';
import { openLocalLake, tempFolder } from '../support/open-local-lake.ts';
import { lineOf, logText, writeLake } from '../support/write-lake.ts';

const THREAD = new URL('../../dist/text-thread.js', import.meta.url);
const { signal } = new AbortController();

/** More than is inspected without a thread, and hardly to be compressed. */
function manyRecords(): readonly string[] {
  return Array.from({ length: 20_000 }, (_, index) =>
    lineOf(flow(NOON, { srcport: index, bytes: (index * 2_654_435_761) % 1_000_003, packets: index % 977 })),
  );
}

it('the build has the thread', () => {
  expect(existsSync(THREAD), 'run `npm run build` first').toBe(true);
});

describe('a thread that inspects text files', () => {
  it.each([
    ['whole', (bytes: Buffer) => bytes],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -5_000)],
    [
      'damaged',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 80_000), Buffer.alloc(9), bytes.subarray(80_009)]),
    ],
    ['with something behind it', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('tail')])],
  ])('finds the same as is found without it: %s', async (_, spoil) => {
    const path = join(await tempFolder(), 'one.log.gz');
    const bytes = spoil(gzipSync(logText(manyRecords())));
    await writeFile(path, bytes);
    expect(bytes.length).toBeGreaterThan(65_536);
    const inspect = createTextThreads(2, THREAD);
    expect(await inspect(path, bytes.length, signal)).toEqual(await inspectText(path, bytes.length, signal));
  });

  it('ends at once when the question is stopped, and goes on with the next', async () => {
    const path = join(await tempFolder(), 'one.log');
    const text = logText(manyRecords());
    await writeFile(path, text);
    const inspect = createTextThreads(1, THREAD);
    const stop = new AbortController();
    const stopped = inspect(path, text.length, stop.signal);
    stop.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    expect(await inspect(path, text.length, signal)).toMatchObject({ shape: { records: 20_000 } });
  });

  it('that cannot be started leaves the work to this one', async () => {
    const path = join(await tempFolder(), 'one.log');
    const text = logText(manyRecords());
    await writeFile(path, text);
    const inspect = createTextThreads(1, new URL('./none.js', import.meta.url));
    expect(await inspect(path, text.length, signal)).toMatchObject({ shape: { records: 20_000 } });
  });

  it('answers as the engine does without it', async () => {
    const folder = await tempFolder();
    await writeLake(
      folder,
      [0, 1, 2].map((slot) => flow(NOON + slot * 300)),
    );
    const lake = await openLocalLake(folder, { lookIntoText: createTextThreads(2, THREAD) });
    expect((await lake.rows('SELECT count(*) FROM flow_records')).rows).toEqual([[3n]]);
  });
});
