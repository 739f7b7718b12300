import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../../src/core/flow-log/fields.ts';
import { flow } from '../../../support/flow.ts';
import { lineOf, logText } from '../../../support/write-lake.ts';
import { nameOf, SLOT, withGoodFile } from './with-good-file.ts';

const TEXT = logText([lineOf(flow(SLOT, { srcport: 1 })), lineOf(flow(SLOT, { srcport: 2 }))]);
const BROKEN = 'breaks off in the middle of its last line';
/** Files were changed a moment ago, by this clock. */
const AT_ONCE = new Date();

describe('a plain file without a final newline', () => {
  it('is read when its last record is surely whole', async () => {
    const found = await withGoodFile(nameOf('log'), TEXT.trimEnd());
    expect(found).toMatchObject({ reason: undefined, ports: [1, 2, 50_001] });
  });

  it.each([
    ['in the middle of a record', TEXT.slice(0, -30)],
    ['in the middle of its last word', TEXT.slice(0, -2)],
    ['before its last word', TEXT.slice(0, -3)],
    ['in the middle of its header', TEXT.slice(0, TEXT.indexOf('\n') - 3)],
    ['at the end of its header', TEXT.slice(0, TEXT.indexOf('\n'))],
  ])('is named when it breaks off %s', async (_, text) => {
    expect(await withGoodFile(nameOf('log'), text)).toMatchObject({ reason: BROKEN, ports: [50_001] });
  });

  it('is named when its last word is a number, which may have lost digits', async () => {
    const fields = [...DEFAULT_FORMAT.filter((field) => field !== 'end'), 'end'];
    const text = logText([lineOf(flow(SLOT), fields)], fields);
    expect((await withGoodFile(nameOf('log'), text.trimEnd())).reason).toBe(BROKEN);
    expect((await withGoodFile(nameOf('log'), text)).reason).toBeUndefined();
  });
});

describe('a file that was changed a moment ago and is not whole', () => {
  it.each([
    ['an empty file', 'log.gz', ''],
    ['a gzip file that is cut', 'log.gz', gzipSync(TEXT).subarray(0, -9)],
    ['a plain file that breaks off', 'log', TEXT.slice(0, -30)],
    ['a Parquet file without a footer', 'log.parquet', 'PAR1 and some pages'],
  ])('is called one that is still being written: %s', async (_, ending, bytes) => {
    const found = await withGoodFile(nameOf(ending), bytes, AT_ONCE);
    expect(found).toMatchObject({ reason: 'is still being written', ports: [50_001] });
  });

  it('is called what it is when it can never become whole', async () => {
    const found = await withGoodFile(nameOf('log'), '# notes\n', AT_ONCE);
    expect(found.reason).toMatch(/^is not a flow log/);
  });
});
