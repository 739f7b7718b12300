import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { flow } from '../../../support/flow.ts';
import { lineOf, logText } from '../../../support/write-lake.ts';
import { nameOf, SLOT, withGoodFile } from './with-good-file.ts';

const line = (srcport: number) => lineOf(flow(SLOT, { srcport }));
const ALL = [1, 2, 50_001];

/** Two good records with something between them. */
function between(...odd: readonly string[]): Uint8Array {
  return gzipSync(logText([line(1), ...odd, line(2)]));
}

describe('lines that are no records', () => {
  it.each([
    ['with too few words', line(3).split(' ').slice(0, 9).join(' ')],
    ['with too many words', `${line(3)} more`],
    ['with a word for a number', line(3).replace(' 443 ', ' https ')],
    ['with a number past 64 bits', line(3).replace(' 1000 ', ' 99999999999999999999 ')],
    ['that are prose', 'the disk was full here'],
    ['with two spaces', line(3).replace(' ', '  ')],
  ])('%s are counted, and the rest is answered', async (_, odd) => {
    const found = await withGoodFile(nameOf('log.gz'), between(odd));
    expect(found).toMatchObject({ reason: undefined, ports: ALL });
    expect(found.coverage.unreadableLines).toBe(1);
  });

  it('are counted one by one, over all files', async () => {
    const found = await withGoodFile(nameOf('log.gz'), between('a', 'b c', `${line(3)} x`));
    expect(found.coverage).toMatchObject({ unreadableLines: 3, matched: 3 });
  });

  it('are none where they are blank, or have a space behind them', async () => {
    const found = await withGoodFile(nameOf('log.gz'), between('', `${line(3)} `));
    expect(found).toMatchObject({ ports: [1, 2, 3, 50_001], coverage: { unreadableLines: 0 } });
  });
});

describe('the ends of lines', () => {
  const windows = logText([line(1), line(2)]).replaceAll('\n', '\r\n');

  it.each([
    ['log', windows],
    ['log.gz', gzipSync(windows)],
  ])('may be those of Windows (%s)', async (ending, bytes) => {
    const found = await withGoodFile(nameOf(ending), bytes);
    expect(found).toMatchObject({ ports: ALL, coverage: { unreadableLines: 0, matched: 3 } });
  });

  it('may not be mixed: the file is named instead of failing the whole question', async () => {
    const found = await withGoodFile(nameOf('log'), `${windows}${line(3)}\n${line(4)}\r\n`);
    expect(found).toMatchObject({ reason: 'mixes Windows and Unix line ends', ports: [50_001] });
  });

  it('are found mixed wherever the file is cut into pieces', async () => {
    const many = Array.from({ length: 3_000 }, (_, port) => `${line(port)}\r\n`).join('');
    const found = await withGoodFile(nameOf('log.gz'), gzipSync(`${logText([])}${many}`));
    expect(found.reason).toBe('mixes Windows and Unix line ends');
  });
});
