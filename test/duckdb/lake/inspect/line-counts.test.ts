import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../../src/core/flow-log/fields.ts';
import { inspectText } from '../../../../src/duckdb/lake/inspect-text.ts';
import { relationOf } from '../../../../src/duckdb/relation.ts';
import { flow, NOON } from '../../../support/flow.ts';
import { tempFolder } from '../../../support/open-local-lake.ts';
import { lineOf, writeBytes } from '../../../support/write-lake.ts';

const { signal } = new AbortController();
const HEADER = `${DEFAULT_FORMAT.join(' ')}\n`;

/** Bytes that mean something to one of the two readers, and any others, but none that ends a line. */
const oddBytes = fc.oneof(
  fc.constantFrom(
    0x20,
    0x2d,
    0x2b,
    0x30,
    0x39,
    0x00,
    0x09,
    0x22,
    0x23,
    0x27,
    0x5c,
    0x7f,
    0x80,
    0xc3,
    0xe9,
    0xff,
  ),
  fc.integer({ min: 0, max: 255 }).filter((byte) => byte !== 0x0a && byte !== 0x0d),
);

/** A line as AWS writes it, in which some bytes were put, changed or taken out. */
const line = fc
  .record({
    changes: fc.array(
      fc.record({ at: fc.nat(120), byte: oddBytes, how: fc.constantFrom('put', 'change', 'take') }),
      { maxLength: 3 },
    ),
    record: fc.record({
      bytes: fc.bigInt({ min: 0n, max: 2n ** 64n }),
      end: fc.integer({ min: NOON, max: NOON + 300 }),
    }),
  })
  .map(({ changes, record: { bytes, end } }) => {
    const whole = [...Buffer.from(lineOf(flow(end, { bytes })))];
    for (const { at, byte, how } of changes) {
      if (how === 'put') whole.splice(at, 0, byte);
      else if (how === 'change' && at < whole.length) whole.splice(at, 1, byte);
      else whole.splice(at, 1);
    }
    return Buffer.from(whole);
  });

describe('lines that are counted when a file is looked into', () => {
  let duckdb: DuckDBInstance;
  beforeAll(async () => {
    duckdb = await DuckDBInstance.create(':memory:', { threads: '1' });
  });
  afterAll(() => duckdb.closeSync());

  it('are readable to DuckDB too: it loses none of them, and fails on no file', async () => {
    const folder = await tempFolder();
    let files = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        async (lines, end) => {
          files += 1;
          const path = join(folder, `${files}.log`);
          const text = lines.flatMap((each) => [each, Buffer.from(end)]);
          await writeBytes(path, Buffer.concat([Buffer.from(HEADER.replace('\n', end)), ...text]));
          const inspection = await inspectText(path, 1, signal);
          if (!('shape' in inspection)) throw new RangeError(inspection.reason);
          const { shape } = inspection;
          const connection = await duckdb.connect();
          const read = await connection.runAndReadAll(relationOf([{ path, shape }], shape.fields));
          connection.closeSync();
          const blank = lines.filter((each) => each.length === 0).length;
          expect((shape.records ?? 0) + (shape.unreadableLines ?? 0)).toBe(lines.length - blank);
          expect(read.currentRowCount).toBeGreaterThanOrEqual(shape.records ?? 0);
          if (shape.unreadableLines === 0) expect(read.currentRowCount).toBe(shape.records);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('are counted alike however the file is cut into parts', async () => {
    const folder = await tempFolder();
    const lines = Array.from({ length: 40_000 }, (_, index) =>
      index % 7 === 0 ? 'x'.repeat(index % 90) : lineOf(flow(NOON + (index % 300), { srcport: index })),
    );
    const path = join(folder, 'long.log');
    await writeBytes(
      path,
      `${HEADER}${lines.join('\n')}\n${'y'.repeat(300_000)}\n${lineOf(flow(NOON - 1))}\n`,
    );
    const blank = lines.filter((each) => each === '').length;
    const odd = lines.filter((each) => each.startsWith('x')).length;
    expect(await inspectText(path, 1, signal)).toMatchObject({
      shape: {
        records: lines.length - odd - blank + 1,
        unreadableLines: odd + 1,
        ends: { fromSeconds: NOON - 1, toSeconds: NOON + 300 },
      },
    });
  });
});
