import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { flow, NOON } from '../../../support/flow.ts';
import { openLake } from '../../../support/open-lake.ts';
import { LONG_AFTER, openLocalLake, tempFolder } from '../../../support/open-local-lake.ts';
import { writeBytes, writeLake, writeLog } from '../../../support/write-lake.ts';
import { nameOf, withGoodFile } from './with-good-file.ts';

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
    const found = await withGoodFile(name, bytes);
    expect(found.reason).toMatch(reason);
    expect(found.ports).toEqual([50_001]);
  });
});

describe('a transit gateway flow log is refused by its name', () => {
  const reason = 'is a transit gateway flow log, which flowlog does not read';
  const values = (fields: readonly string[]) =>
    fields.map((field) => ({ version: 6, 'resource-type': 'TransitGateway' })[field] ?? 1).join(' ');
  const FORMATS = [
    ['in its default format', TRANSIT],
    ['without tgw-id', 'version account-id tgw-attachment-id srcaddr dstaddr start end log-status'],
    ['by what it lost', 'account-id srcaddr dstaddr start end packets-lost-no-route'],
    ['by its resource alone', 'resource-type account-id srcaddr dstaddr start end log-status'],
    ['by its version alone', 'version account-id srcaddr dstaddr srcport dstport packets bytes start end'],
    ['in other case', 'VERSION ACCOUNT_ID TGW_ATTACHMENT_ID SRCADDR DSTADDR START END'],
  ] as const;

  it.each(FORMATS)('as text %s', async (_, header) => {
    const lines = `${header}\n${values(header.split(' '))}\n`;
    const found = await withGoodFile(nameOf('log.gz'), gzipSync(lines));
    expect(found).toMatchObject({ reason, ports: [50_001] });
  });

  it.each(FORMATS)('as Parquet %s', async (_, header) => {
    const folder = await tempFolder();
    await writeLake(folder, [flow(NOON + 30)]);
    const fields = header.toLowerCase().replaceAll('_', '-').split(' ');
    await writeLog(`${folder}/transit.parquet`, fields, [values(fields)]);
    const { unread, objects } = await (await openLocalLake(folder)).scan(
      new Date(NOON * 1000),
      new Date((NOON + 60) * 1000),
    );
    expect(unread).toMatchObject([{ key: 'transit.parquet', reason }]);
    expect(objects).toHaveLength(1);
  });
});

describe('a file of another service', () => {
  const CLOUDTRAIL = '{"Records":[{"eventVersion":"1.08","awsRegion":"eu-central-1"}]}';
  const NAME = '012345678901_CloudTrail_eu-central-1_20260305T1205Z_0a0a.json.gz';
  const OTHERS = [
    [`AWSLogs/012345678901/CloudTrail/eu-central-1/2026/03/05/${NAME}`, CLOUDTRAIL],
    ['AWSLogs/012345678901/Config/ConfigWritabilityCheckFile', ''],
    [`lost/${NAME}`, CLOUDTRAIL],
    ['events.json', CLOUDTRAIL],
    ['snapshot.json', '{"fileVersion":"1.0","configSnapshotId":"0a","configurationItems":[]}'],
    ['alb.log', 'https 2026-03-05T12:05:00.000000Z app/x/0a 203.0.113.9:1 10.0.1.5:80 0 0 0 200 200 1 1'],
  ] as const;

  it.each(OTHERS)('does not change the answer: %s', async (key, text) => {
    const folder = await tempFolder();
    await writeLake(
      folder,
      Array.from({ length: 16 }, (_, slot) => flow(NOON + slot * 300 + 30)),
    );
    await writeBytes(`${folder}/${key}`, key.endsWith('.gz') ? gzipSync(text) : text);
    const { ask, close } = await openLake(folder, LONG_AFTER);
    const { coverage, headline } = await ask(
      'records port=9999 action=accept since 2026-03-05T12:00Z until 2026-03-05T12:30Z',
    );
    await close();
    expect(coverage).toMatchObject({ filesFailed: [], missingSlots: [], notes: [] });
    expect(headline).toMatch(/the logs of the window are complete/);
  });

  it('is a doubt where flow logs are delivered', async () => {
    const found = await withGoodFile('events.json', CLOUDTRAIL);
    expect(found.reason).toMatch(NO_FLOW_LOG);
    const named = await withGoodFile(NAME, gzipSync(CLOUDTRAIL));
    expect(named.reason).toMatch(NO_FLOW_LOG);
  });
});
