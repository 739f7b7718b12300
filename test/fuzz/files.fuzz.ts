import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameOf, withGoodFile } from '../duckdb/lake/inspect/with-good-file.ts';
import { flow, NOON } from '../support/flow.ts';
import { fuzzed } from './fuzzed.ts';

const NAMES = [
  'version',
  'account-id',
  'interface-id',
  'srcaddr',
  'dstaddr',
  'srcport',
  'dstport',
  'protocol',
];
const FIELDS = [...NAMES, 'packets', 'bytes', 'start', 'end', 'action', 'log-status'];
const record = flow(NOON + 330, { srcport: 50_002 });
const LINE = FIELDS.map((name) => String(record[name])).join(' ');
const TEXT = `${FIELDS.join(' ')}\n${LINE}\n${LINE}\n`;

/** The good one, and those of the other file: an odd word may break a line in two. */
const MOST_RECORDS = 10;

const ODD_WORD = fc.oneof(
  fc.constantFrom(
    '-',
    '',
    'version',
    '-1',
    '99999999999999999999',
    '1e9',
    '10.0.0.256',
    '::',
    'ACCEPT',
    '\0',
    '"',
    "'",
    '\t',
    '\r',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
/** A text file of which some words are others, are missing, or are too many. */
const text = fc
  .array(fc.tuple(fc.nat(TEXT.length), fc.nat(30), ODD_WORD), { minLength: 1, maxLength: 4 })
  .map((cuts) =>
    cuts.reduce((whole, [at, length, word]) => whole.slice(0, at) + word + whole.slice(at + length), TEXT),
  );
/** A file with bytes that are others, or that ends too early. */
const damaged = (whole: Buffer) =>
  fc
    .tuple(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 }), fc.nat(whole.length))
    .map(([flips, end]) => {
      const copy = Buffer.from(whole);
      for (const [at, byte] of flips) copy[at] = byte;
      return copy.subarray(0, end % 3 === 0 ? end : copy.length);
    });
const file = fc.oneof(
  text.map((content) => ({ ending: 'log.gz', bytes: gzipSync(content) })),
  text.map((content) => ({ ending: 'log', bytes: Buffer.from(content) })),
  damaged(gzipSync(TEXT)).map((bytes) => ({ ending: 'log.gz', bytes })),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ ending: 'log.gz', bytes: Buffer.from(bytes) })),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ ending: 'log.parquet', bytes: Buffer.from(bytes) })),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ ending: 'log', bytes: Buffer.from(bytes) })),
);

it('a file of any bytes does not change what is read from another file', async () => {
  await fuzzed(
    fc.asyncProperty(file, async ({ ending, bytes }) => {
      const { ports, reason } = await withGoodFile(nameOf(ending), bytes);
      expect(ports).toContain(50_001);
      expect(ports.length).toBeLessThanOrEqual(MOST_RECORDS);
      if (reason !== undefined) expect(reason).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});
