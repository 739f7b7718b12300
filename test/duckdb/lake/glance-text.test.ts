import { access, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookIntoText } from '../../../src/duckdb/lake/glance-text.ts';
import { inspectText } from '../../../src/duckdb/lake/inspect-text.ts';
import { flow, NOON } from '../../support/flow.ts';
import { openLocalLake, tempFolder } from '../../support/open-local-lake.ts';
import { lineOf, writeBytes } from '../../support/write-lake.ts';

const { signal } = new AbortController();
const HEADER =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';
const FIELDS = HEADER.split(' ');
/** More than a glance looks at line by line. */
const MANY = 900;

function line(srcport: number): string {
  return lineOf(flow(NOON + 60, { srcport }), FIELDS);
}

const LINES = Array.from({ length: MANY }, (_, at) => line(at + 1));
const textOf = (lines: readonly string[]) => `${[HEADER, ...lines].join('\n')}\n`;
const PACKED = gzipSync(textOf(LINES));

/** What is found in a file of these bytes that may be inflated, and whether its text was written. */
async function looked(packed: Uint8Array) {
  const folder = await tempFolder('text');
  const [path, to] = [join(folder, 'a.log.gz'), join(folder, 'a.log')];
  await writeFile(path, packed);
  const inspection = await lookIntoText(path, packed.length, signal, to);
  const isWritten = await access(to).then(
    () => true,
    () => false,
  );
  return { inspection, isWritten, to, inspected: await inspectText(path, packed.length, signal) };
}

describe('a glance at a gzip file', () => {
  it('is enough for one as AWS writes it: its text is written for this user alone, and its lines are not counted', async () => {
    const { inspection, inspected, to } = await looked(PACKED);
    if (!('shape' in inspection && 'shape' in inspected)) throw new RangeError('it cannot be read');
    const { records: _, unreadableLines: __, ends: ___, digest, ...shape } = inspected.shape;
    expect(inspection.shape).toEqual({ ...shape, digest: expect.any(String), isGlanced: true });
    expect(inspection.shape.digest).not.toBe(digest);
    expect(await readFile(to, 'utf8')).toBe(textOf(LINES));
    expect((await stat(to)).mode & 0o077).toBe(0);
  });

  const flipped = Uint8Array.from(PACKED, (byte, at) => (at === PACKED.length - 8 ? byte ^ 1 : byte));
  it.each([
    ['is cut off', PACKED.subarray(0, PACKED.length - 5)],
    ['is half', PACKED.subarray(0, PACKED.length / 2)],
    ['has another sum than its text', flipped],
    ['has zeros behind its end', Buffer.concat([PACKED, Buffer.alloc(3)])],
    ['has something else behind its end', Buffer.concat([PACKED, Buffer.from('more')])],
    ['is two in one', Buffer.concat([PACKED, gzipSync(`${line(1)}\n`)])],
    ['has a line of Windows', gzipSync(textOf([...LINES, `${line(1)}\r`]))],
    ['has a sign of another language', gzipSync(textOf([...LINES, line(1).replace('eni', 'éni')]))],
    ['has a zero byte', gzipSync(textOf([...LINES, line(1).replace('eni', '\0ni')]))],
    ['begins with a line that is no record', gzipSync(textOf(['what is this', ...LINES]))],
    ['has no record', gzipSync(`${HEADER}\n`)],
    ['is no flow log', gzipSync('{"Records": []}\n')],
    ['is empty', gzipSync('')],
    ['is no gzip file', Buffer.from('not at all')],
    ['has seven bytes', Buffer.from('1234567')],
  ])('is not enough for one that %s: it is inspected to its end', async (_, packed) => {
    const { inspection, inspected, isWritten } = await looked(packed);
    expect(inspection).toEqual(inspected);
    expect(isWritten).toBe(false);
  });
});

const ALL = 'SELECT srcport, bytes, "start", "end", action FROM flow_records ORDER BY ALL';

/** Lines that are records, and some that are none or only just some. */
const ODD = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 60_000 }).map(line) },
  fc.constantFrom(
    '',
    'what is this',
    `${line(7)} more`,
    `${line(8)} `,
    line(9).replace(/ (\d+) ACCEPT/, ' - ACCEPT'),
    line(10).replace(` ${NOON + 60} `, ' - '),
    line(11).replace(' 11 ', ' eleven '),
    line(12).replace(' 12 ', ' - '),
    line(13).replace(/ (\d+) ACCEPT/, ' 99999999999999999999 ACCEPT'),
    line(14).replaceAll(' ', '\t'),
    '"quoted" line',
    'x'.repeat(70_000),
  ),
);

describe('a lake at whose files a glance is enough', () => {
  it('gives the rows, the lines that are no records and the unread files that it gives when all lines are counted', async () => {
    const file = fc.record({
      tail: fc.array(ODD, { maxLength: 6 }),
      cut: fc.integer({ min: 0, max: 12 }),
      isWhole: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
        const folder = await tempFolder();
        const whole = { tail: [], cut: 0, isWhole: true };
        for (const [slot, { tail, cut, isWhole }] of [whole, ...files].entries()) {
          const packed = gzipSync(textOf([...LINES, ...tail]));
          const path = join(
            folder,
            `AWSLogs/123456789012/vpcflowlogs/eu-central-1/2026/03/05/123456789012_vpcflowlogs_eu-central-1_fl-0a_20260305T12${slot}5Z_${slot}.log.gz`,
          );
          await writeBytes(path, isWhole ? packed : packed.subarray(0, packed.length - cut));
        }
        const kept = { folder: await tempFolder('kept'), mostBytes: 1e9 };
        const [glancing, counting] = [await openLocalLake(folder, { kept }), await openLocalLake(folder)];
        const wanted = await counting.rows(ALL);
        expect(await glancing.rows(ALL)).toEqual(wanted);
        await glancing.kept();
        expect(await glancing.rows(ALL)).toEqual(wanted);
      }),
      { numRuns: 25 },
    );
  });

  it('has no text left on disk once its files are kept, nor when it is closed', async () => {
    const folder = await tempFolder();
    const name = '123456789012_vpcflowlogs_eu-central-1_fl-0a_20260305T1205Z_a.log.gz';
    await writeBytes(join(folder, name), PACKED);
    const kept = await tempFolder('kept');
    const texts = async () => {
      const names = await readdir(join(kept, '.inflated'), { recursive: true }).catch(() => []);
      return names.filter((each) => each.endsWith('.log')).length;
    };
    const lake = await openLocalLake(folder, { kept: { folder: kept, mostBytes: 1e9 } });
    await lake.scan(new Date(NOON * 1_000), new Date((NOON + 600) * 1_000));
    expect(await texts()).toBe(1);
    await lake.rows(ALL);
    await lake.kept();
    expect(await texts()).toBe(0);

    const other = await openLocalLake(folder, { kept: { folder: await tempFolder('kept'), mostBytes: 1e9 } });
    await other.scan(new Date(NOON * 1_000), new Date((NOON + 600) * 1_000));
    other.close();
    expect(await texts()).toBe(0);
  });
});
