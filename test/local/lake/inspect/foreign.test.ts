import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { flow, NOON } from '../../../support/flow.ts';
import { openLocalLake, tempFolder } from '../../../support/open-local-lake.ts';
import { writeLake, writeLog } from '../../../support/write-lake.ts';
import { besideAGoodFile, nameOf } from './beside-a-good-file.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const APACHE = '203.0.113.9 - - [05/Mar/2026:12:05:00 +0000] "GET / HTTP/1.1" 200 12\n';
const TRANSIT =
  'version resource-type account-id tgw-id tgw-attachment-id srcaddr dstaddr srcport dstport protocol start end log-status';
const NO_FLOW_LOG = /^is not a flow log: it begins with ".{1,43}"$/;

describe('a file that is no flow log is named, by how it begins, and the rest is answered', () => {
  it.each([
    ['a page for readers', 'README.md', '# Flow logs of the year\n\nsee below\n', NO_FLOW_LOG],
    ['a picture', 'vpc.png', PNG, NO_FLOW_LOG],
    ['a log of Apache', nameOf('log'), APACHE, NO_FLOW_LOG],
    ['a log of Apache, compressed', nameOf('log.gz'), gzipSync(APACHE), NO_FLOW_LOG],
    ['a record of another version without a header', nameOf('log'), '5 eni-0a 1.2.3.4\n', NO_FLOW_LOG],
    ['a table with commas', 'rows.csv', 'srcaddr,dstaddr,bytes,start,end\n', NO_FLOW_LOG],
    ['one endless line', 'blob.txt', 'x'.repeat(300_000), NO_FLOW_LOG],
    ['a file of CloudWatch', 'aws-logs-write-test', 'Permission Check Successful', NO_FLOW_LOG],
    ['an empty file', nameOf('log.gz'), '', /^is empty$/],
    ['an empty plain file', nameOf('log'), '', /^is empty$/],
    ['an empty Parquet file', nameOf('log.parquet'), '', /^is a truncated Parquet file or none at all$/],
    ['compressed nothing', nameOf('log.gz'), gzipSync(''), /^is empty$/],
    ['blank lines', nameOf('log'), '\n\n', /^is empty$/],
  ])('%s', async (_, name, bytes, reason) => {
    const told = await besideAGoodFile(name, bytes);
    expect(told.reason).toMatch(reason);
    expect(told.ports).toEqual([50_001]);
  });
});

describe('a transit gateway flow log is refused by its name', () => {
  const reason = 'is a transit gateway flow log, which flowlog does not read';

  it('as text', async () => {
    const told = await besideAGoodFile(nameOf('log.gz'), gzipSync(`${TRANSIT}\n`));
    expect(told).toMatchObject({ reason, ports: [50_001] });
  });

  it('as Parquet', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [flow(NOON + 30)]);
    await writeLog(`${folder}/transit.parquet`, TRANSIT.split(' '), [
      TRANSIT.split(' ')
        .map(() => 1)
        .join(' '),
    ]);
    const { unread, objects } = await (await openLocalLake(folder)).scan(
      new Date(NOON * 1000),
      new Date((NOON + 60) * 1000),
    );
    expect(unread).toMatchObject([{ key: 'transit.parquet', reason }]);
    expect(objects).toHaveLength(1);
  });
});
