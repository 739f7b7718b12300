import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { nameOf, SLOT, withGoodFile } from '../duckdb/lake/inspect/with-good-file.ts';
import { flow, NOON } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, openLocalLake, tempFolder } from '../support/open-local-lake.ts';
import { lineOf, logText, writeBytes, writeLake } from '../support/write-lake.ts';

const GOOD = lineOf(flow(SLOT, { srcport: 1 }));
const INFLATES = 'is a gzip file that inflates to more than 100 times its size, as no flow log does';

/** The good line, with bytes in place of its first `?`. */
function lineWith(pattern: string, bytes: readonly number[]): Buffer {
  const [before = '', after = ''] = pattern.split('?');
  return Buffer.concat([Buffer.from(before), Uint8Array.from(bytes), Buffer.from(after)]);
}

const WITH_A_BYTE = [
  ['behind its last word', `${GOOD}?`],
  ['in its last word', GOOD.replace(/OK$/, 'O?K')],
  ['in an address', GOOD.replace('203.0', '203?0')],
  ['in a number', GOOD.replace(' 443 ', ' 4?3 ')],
  ['alone', '?'],
] as const;

describe('a byte that is not UTF-8', () => {
  it.each(WITH_A_BYTE)('makes only its own line unreadable: %s', async (_, pattern) => {
    for (const bytes of [[0xe9], [0xff, 0xfe], [0xed, 0xa0, 0x80], [0xc0, 0x80]]) {
      const text = [logText([GOOD]), lineWith(pattern, bytes), '\n', GOOD.replace(' 1 443', ' 2 443'), '\n'];
      const file = Buffer.concat(text.map((part) => Buffer.from(part)));
      const found = await withGoodFile(nameOf('log.gz'), gzipSync(file));
      expect(found).toMatchObject({ reason: undefined, ports: [1, 2, 50_001] });
      expect(found.coverage.unreadableLines).toBe(1);
    }
  });

  it('leaves every question of the catalog answered, one after the other', async () => {
    const folder = await tempFolder();
    const [key = ''] = await writeLake(folder, [flow(NOON), flow(SLOT)]);
    const line = Buffer.concat([Buffer.from(GOOD), Uint8Array.of(0xe9, 0x0a)]);
    await writeBytes(join(folder, key), gzipSync(Buffer.concat([Buffer.from(logText([GOOD])), line])));
    const { ask, close } = await openLake(folder, LONG_AFTER);
    for (const line of [
      'to 10.0.1.5',
      'top-talkers',
      'rejected',
      'timeline',
      'gaps',
      'records action=accept',
    ]) {
      const { coverage } = await ask(`${line} since 2026-03-05T12:00Z until 2026-03-05T12:30Z`);
      expect(coverage).toMatchObject({ unreadableLines: 1, filesRead: 2, filesFailed: [] });
    }
    await close();
  });

  it('in a Parquet file makes that file unreadable, and no other', async () => {
    const folder = await tempFolder();
    const [key = ''] = await writeLake(folder, [flow(SLOT, { srcaddr: '203.0.113.77' })], {
      format: 'parquet',
    });
    const written = await readFile(join(folder, key), 'latin1');
    const bytes = Buffer.from(written.replaceAll('203.0.113.77', '203.0.113.7\xe9'), 'latin1');
    const found = await withGoodFile(nameOf('log.parquet'), bytes);
    expect(found).toMatchObject({ reason: 'could not be read to its end', ports: [50_001] });
  });
});

describe('a small file of very many lines', () => {
  it('has each counted that is no record, and the rest is answered', async () => {
    const bytes = gzipSync(`${logText([GOOD])}${'x\n'.repeat(1_000_000)}`);
    expect(bytes.length).toBeLessThan(4_000);
    const found = await withGoodFile(nameOf('log.gz'), bytes);
    expect(found).toMatchObject({ reason: undefined, ports: [1, 50_001] });
    expect(found.coverage.unreadableLines).toBe(1_000_000);
  });
});

/** A gzip file that inflates to a first part, and then to so many megabytes of the same: gzip files may be joined. */
function bombOf(first: string, again: string, megabytes: number): Buffer {
  const part = gzipSync(again.repeat(Math.ceil(1_048_576 / again.length)));
  return Buffer.concat([gzipSync(first), ...Array.from({ length: megabytes }, () => part)]);
}

describe('a file that inflates beyond the limit', () => {
  it.each([
    ['records', logText([]), `${GOOD}\n`],
    ['lines that are none', logText([GOOD]), 'x\n'],
    ['one line', logText([GOOD]), 'x'],
    ['zeros', logText([GOOD]), '\0'],
  ])('is refused, and the rest is answered: %s', async (_, first, again) => {
    const folder = await tempFolder();
    const [key = ''] = await writeLake(folder, [flow(NOON), flow(SLOT)]);
    await writeBytes(join(folder, key), bombOf(first, again, 96));
    const { rows, scan } = await openLocalLake(folder);
    expect((await rows('SELECT "end" FROM flow_records')).rows).toEqual([[BigInt(SLOT)]]);
    const { unread } = await scan(new Date(NOON * 1000), new Date((NOON + 600) * 1000));
    expect(unread).toMatchObject([{ key, reason: INFLATES }]);
  });

  it('is read where it is small all the same: a log of one repeated record is still a log', async () => {
    const bytes = gzipSync(logText(Array.from({ length: 9_000 }, () => GOOD)));
    const found = await withGoodFile(nameOf('log.gz'), bytes);
    expect(found.reason).toBeUndefined();
    expect(found.coverage).toMatchObject({ filesRead: 2, unreadableLines: 0 });
  });
});

/** How many megabytes the process had at most, beyond what it had before, until a promise settled. */
async function grownMb(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  await work().finally(() => clearInterval(watch));
  return (most - before) / 1_048_576;
}

describe('the memory of the process', () => {
  const MOST_MB = 200;

  it('grows little with a bomb of a gigabyte, a million short lines and a byte that is not UTF-8', async () => {
    const folder = await tempFolder();
    const slots = [0, 300, 600, 900].map((after) => flow(NOON + after));
    const [gigabyte = '', short = '', byte = ''] = await writeLake(folder, slots);
    await writeBytes(join(folder, gigabyte), bombOf(logText([GOOD]), 'x\n', 1_024));
    await writeBytes(join(folder, short), gzipSync(`${logText([GOOD])}${'x\n'.repeat(1_000_000)}`));
    const withByte = Buffer.concat([Buffer.from(logText([GOOD])), Uint8Array.of(0xe9)]);
    await writeBytes(join(folder, byte), gzipSync(withByte));
    const { rows } = await openLocalLake(folder);
    const grown = await grownMb(async () => {
      const run = await rows('SELECT count(*) AS n FROM flow_records');
      expect(run).toMatchObject({ rows: [[3n]], unreadableLines: 1_000_001, filesRead: 3 });
    });
    expect(grown).toBeLessThan(MOST_MB);
  });
});
