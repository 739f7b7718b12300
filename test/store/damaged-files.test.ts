import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import Database from 'libsql';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { fillStores, readStores } from '../contract/filled-stores.ts';
import { asked, finished } from '../contract/store-samples.ts';
import { sharedFolder } from '../support/shared-folder.ts';

const PAGE = 4_096;

let whole = '';
let wholeBytes = Buffer.alloc(0);
let read: Awaited<ReturnType<typeof readStores>>;

beforeAll(async () => {
  whole = join(await sharedFolder(), 'whole.db');
  const stores = await openStores({ path: whole }, { owner: 'one' });
  await fillStores(stores);
  for (let index = 0; index < 300; index += 1) {
    await stores.store.begin({ ...asked(`q${index}`), line: `to 10.0.0.${index} ${'x'.repeat(index * 20)}` });
    await stores.store.finish(`q${index}`, finished(index % 50));
  }
  await stores.store.sweep(finished(10).finishedAt);
  read = await readStores(stores);
  await stores.close();
  const settled = new Database(whole);
  settled.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  settled.close();
  wholeBytes = readFileSync(whole);
});

/** Opens a file with these bytes: what is read there, or the error; with the names of the files that are there then. */
async function opened(bytes: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'flowlog-damage-'));
  const path = join(folder, 'state.db');
  writeFileSync(path, bytes);
  try {
    const stores = await openStores({ path }, { owner: 'other' });
    const found = await readStores(stores);
    await stores.close();
    return { found, error: undefined, path };
  } catch (error) {
    return { found: undefined, error, path };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Either all that was written is read, or the start is refused in words. */
async function expectWholeOrRefused(bytes: Uint8Array): Promise<void> {
  const { found, error } = await opened(bytes);
  if (found !== undefined) expect(found).toEqual(read);
  else expectWords(error);
}

function expectWords(error: unknown): void {
  expect(error).toBeInstanceOf(StoreError);
  if (!(error instanceof StoreError)) return;
  expect(error.code).toBe('damaged');
  expect(error.message).toMatch(
    /^`\S+state\.db` is damaged: .* A copy of it is `\S+state\.db\.damaged-\d{8}T\d{6}Z`\.$/,
  );
  expect(error.hint).toMatch(/Restore a backup .* or begin anew .*/);
}

const pages = () => wholeBytes.length / PAGE;

describe('a file that is damaged', () => {
  it('by random bytes over whole pages is refused in words, unless nothing was on these', async () => {
    const damage = fc.array(
      fc.record({ page: fc.nat(), bytes: fc.uint8Array({ minLength: PAGE, maxLength: PAGE }) }),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(damage, async (places) => {
        const bytes = Buffer.from(wholeBytes);
        for (const place of places) bytes.set(place.bytes, (place.page % pages()) * PAGE);
        await expectWholeOrRefused(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('by pages that are empty, or in the place of others, is refused in words, unless nothing was on these', async () => {
    const damage = fc.record({ from: fc.option(fc.nat()), to: fc.nat() });
    await fc.assert(
      fc.asyncProperty(damage, async ({ from, to }) => {
        const bytes = Buffer.from(wholeBytes);
        const start = ((from ?? 0) % pages()) * PAGE;
        const page = from === null ? Buffer.alloc(PAGE) : wholeBytes.subarray(start, start + PAGE);
        bytes.set(page, (to % pages()) * PAGE);
        await expectWholeOrRefused(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('because its end is missing is refused in words, whatever is left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (length) => {
        const { error } = await opened(wholeBytes.subarray(0, length % wholeBytes.length));
        expectWords(error);
      }),
      { numRuns: 60, examples: [[0], [1], [100], [PAGE]] },
    );
  });

  it('by one bit is refused in words, or no more than one value is another: no row is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), async (place, bit) => {
        const bytes = Buffer.from(wholeBytes);
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const { found, error } = await opened(bytes);
        // At the start, or when what is damaged is read; one bit makes a newer version, too.
        if (found === undefined) {
          expect(error).toBeInstanceOf(StoreError);
          return;
        }
        expect(found.recent.map(({ id }) => id)).toEqual(read.recent.map(({ id }) => id));
        expect(found.inFlight.map(({ id }) => id)).toEqual(read.inFlight.map(({ id }) => id));
        const differ = found.recent.filter((each, index) => !isDeepStrictEqual(each, read.recent[index]));
        expect(differ.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('is copied before anything else, once however often flowlog is started, and stays as it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flowlog-damage-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'state.db');
    const bytes = Buffer.from(wholeBytes).fill(0xff, PAGE, 2 * PAGE);
    writeFileSync(path, bytes);
    for (let start = 0; start < 3; start += 1)
      await expect(openStores({ path })).rejects.toThrow('is damaged');
    expect(readFileSync(path).equals(bytes)).toBe(true);
    const copies = readdirSync(folder).filter((name) => name.includes('damaged'));
    expect(copies).toEqual([expect.stringMatching(/^state\.db\.damaged-\d{8}T\d{6}Z$/)]);
    expect(readFileSync(join(folder, copies[0] ?? '')).equals(bytes)).toBe(true);
  });

  it('because it is another file is refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 9_000 }), async (bytes) => {
        expectWords((await opened(bytes)).error);
      }),
      { numRuns: 30 },
    );
  });
});
