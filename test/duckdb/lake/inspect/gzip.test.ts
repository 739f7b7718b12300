import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { flow } from '../../../support/flow.ts';
import { lineOf, logText } from '../../../support/write-lake.ts';
import { nameOf, SLOT, withGoodFile } from './with-good-file.ts';

const NAME = nameOf('log.gz');
const SURVIVES = [50_001];
const LINES = Array.from({ length: 2_000 }, (_, index) =>
  lineOf(flow(SLOT + (index % 300), { srcport: index })),
);
const WHOLE = gzipSync(logText(LINES));

/** The same log as a gzip file of which a prefix inflates to whole lines, as a writer that flushes leaves it. */
function cutAtALine(): Uint8Array {
  const flushed = gzipSync(logText(LINES), { level: 0 });
  return flushed.subarray(0, flushed.lastIndexOf('\n', flushed.length / 2) + 1);
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length + at] = (copy.at(at) ?? 0) ^ 0xff;
  return copy;
}

describe('a gzip file that is not whole is named and the rest is answered', () => {
  it.each([
    [
      'cut at the end of a line, which DuckDB alone would answer from',
      cutAtALine(),
      'is a truncated gzip file',
    ],
    ['cut anywhere', WHOLE.subarray(0, WHOLE.length / 2), 'is a truncated gzip file'],
    ['without its trailer', WHOLE.subarray(0, -8), 'is a truncated gzip file'],
    ['with a wrong checksum', changed(WHOLE, -8), 'is a damaged gzip file'],
    ['with a wrong length', changed(WHOLE, -4), 'is a damaged gzip file'],
    ['with a changed byte inside', changed(WHOLE, -2_000), 'is a damaged gzip file'],
    ['that is text', logText(LINES), 'is a damaged gzip file'],
  ])('%s', async (_, bytes, reason) => {
    expect(await withGoodFile(NAME, bytes)).toMatchObject({ reason, ports: SURVIVES });
  });

  it.each([
    ['one zero', Buffer.alloc(1)],
    ['a block of zeros', Buffer.alloc(512)],
    ['many zeros', Buffer.alloc(200_000)],
    ['words', Buffer.from('and then some')],
    ['half a header', Buffer.from([0x1f, 0x8b])],
  ])('with %s behind its end', async (_, tail) => {
    const found = await withGoodFile(NAME, Buffer.concat([WHOLE, tail]));
    expect(found.reason).toMatch(/^is a (truncated|damaged) gzip file$|behind its end$/);
    expect(found.ports).toEqual(SURVIVES);
  });
});

describe('a gzip file of several members', () => {
  const line = (srcport: number) => lineOf(flow(SLOT, { srcport }));

  it('is read to the end of the last', async () => {
    const bytes = Buffer.concat([gzipSync(logText([line(1)])), gzipSync(`${line(2)}\n`)]);
    const found = await withGoodFile(NAME, bytes);
    expect(found.ports).toEqual([1, 2, ...SURVIVES]);
    expect(found.coverage.unreadableLines).toBe(0);
  });

  it('counts a second header as an unreadable line', async () => {
    const bytes = Buffer.concat([gzipSync(logText([line(1)])), gzipSync(logText([line(2)]))]);
    const found = await withGoodFile(NAME, bytes);
    expect(found.ports).toEqual([1, 2, ...SURVIVES]);
    expect(found.coverage.unreadableLines).toBe(1);
  });

  it('is named when the last one is cut', async () => {
    const bytes = Buffer.concat([gzipSync(logText([line(1)])), WHOLE.subarray(0, 900)]);
    const found = await withGoodFile(NAME, bytes);
    expect(found).toMatchObject({ reason: 'is a truncated gzip file', ports: SURVIVES });
  });
});
