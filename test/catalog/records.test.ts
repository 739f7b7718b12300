import { expect, it } from 'vitest';
import { type LogRecord, recordsOf } from '../fixtures/log-records.ts';
import { writeRecords } from '../fixtures/write-records.ts';
import { askFixture, cells, NOW, nextSteps, STORY_WINDOW } from '../support/ask-fixture.ts';
import { emptyFolder, openLake } from '../support/open-lake.ts';

const RECORD = '10:00:10 web in client:51000 > web:443 tcp SYN 10 1000';

function manyTimes(line: string, times: number): readonly LogRecord[] {
  return Array.from({ length: times }, () => recordsOf(line)).flat();
}

/** Asks a lake of these records alone. */
async function askedOf(records: readonly LogRecord[], line: string) {
  const { folder, remove } = await emptyFolder();
  await writeRecords(folder, records);
  const lake = await openLake(folder, NOW);
  const answer = await lake.ask(`${line} ${STORY_WINDOW}`);
  await lake.close();
  await remove();
  return answer;
}

/** The logs of the story lack a slot, and so no headline of it is certain. */
const MORE = ' There may be more: some five-minute slots have no file.';

it('the query `records` shows every sighting of the same packets, newest first', async () => {
  const answer = await askFixture('records src=10.0.1.30 dst=203.0.113.80');
  expect(cells(answer, 'srcaddr', 'dstaddr', 'pkt_srcaddr', 'pkt_dstaddr', 'interface_id')).toEqual([
    // What left the NAT gateway under its own address has another source: it is not among these.
    ['10.0.1.30', '10.0.0.5', '10.0.1.30', '203.0.113.80', 'eni-0000000000000005a'],
    ['10.0.1.30', '203.0.113.80', '10.0.1.30', '203.0.113.80', 'eni-0000000000000030a'],
  ]);
  expect(answer.headline).toBe(
    'At least 2 records of traffic from 10.0.1.30 to 203.0.113.80, none of them rejected.',
  );
});

it('the query `records` gives a record all its fields', async () => {
  const { rows } = await askFixture('records 192.0.2.66 port=3389');
  expect(rows).toEqual([
    {
      end_seconds: new Date('2026-11-22T10:12:55Z'),
      start_seconds: new Date('2026-11-22T10:12:00Z'),
      srcaddr: '192.0.2.66',
      srcport: 60_003,
      dstaddr: '10.0.1.10',
      dstport: 3389,
      protocol: 6,
      action: 'REJECT',
      packets: 1,
      bytes: 40,
      tcp_flags: 2,
      interface_id: 'eni-0000000000000010a',
      pkt_srcaddr: '192.0.2.66',
      pkt_dstaddr: '10.0.1.10',
    },
  ]);
});

it('the query `records` shows a record as often as it was written', async () => {
  const { rows, coverage } = await askedOf(manyTimes(RECORD, 3), 'records');
  expect(rows).toHaveLength(3);
  expect(coverage).toMatchObject({ matched: 3, skipData: 0, noData: undefined });
});

it('the query `records` reports lost flows up to the end of its list, and claims nothing beyond it', async () => {
  const lost = manyTimes('10:31:00 app SKIPDATA', 150);
  const some = await askedOf([...manyTimes(RECORD, 3), ...lost], 'records top=5');
  expect(some).toMatchObject({ truncated: false, coverage: { matched: 3, skipData: 103 } });
  const none = await askedOf([...manyTimes(RECORD, 106), ...lost], 'records top=5');
  expect(none).toMatchObject({ truncated: true, coverage: { matched: undefined, skipData: undefined } });
  expect(none.rows).toHaveLength(5);
});

it.each([
  ['records 10.0.1.31', 'At least 2 records of traffic of 10.0.1.31, none of them rejected.'],
  ['records 192.0.2.66', 'At least 5 records of traffic of 192.0.2.66, at least 5 of them rejected.'],
  [
    'records src=10.0.1.10 dst=10.0.2.20 action=reject',
    'At least 3 records of traffic from 10.0.1.10 to 10.0.2.20, at least 3 of them rejected. (Only action=reject.)',
  ],
  [
    'records src=2001:db8:ffff::/64',
    'At least 1 record of traffic from 2001:db8:ffff::/64, none of them rejected.',
  ],
  [
    'records dst=10.0.2.0/24 proto=icmp direction=ingress',
    'At least 1 record of traffic to 10.0.2.0/24, none of them rejected. (Only proto=icmp direction=ingress.)',
  ],
  [
    'records eni=eni-0000000000000005a',
    'At least 4 records of traffic, none of them rejected. (Only eni=eni-0000000000000005a.)',
  ],
  ['records top=1', `The newest record of traffic; there are more.${MORE}`],
  ['records top=3', `The newest 3 records of traffic; there are more.${MORE}`],
])('the query `records` answers %s', async (line, headline) => {
  expect((await askFixture(line)).headline).toBe(headline);
});

it('the query `records` puts the newest record first, and the earlier interface of two', async () => {
  expect(cells(await askFixture('records top=2'), 'dstaddr', 'bytes')).toEqual([
    ['10.0.3.30', 9_007_199_254_740_993n],
    ['10.0.2.20', 180],
  ]);
});

it('the query `records` goes on with what was rejected and the sum of what was asked for', async () => {
  expect(nextSteps(await askFixture('records src=10.0.1.10 dst=10.0.2.20'))).toEqual({
    'Only rejected': 'records 10.0.2.20 src=10.0.1.10 dst=10.0.2.20 action=reject',
    'Summary of 10.0.2.20': 'traffic 10.0.2.20',
    'Look further back': 'records src=10.0.1.10 dst=10.0.2.20',
  });
  expect(nextSteps(await askFixture('records port=22'))).toEqual({
    'Top talkers': 'top-talkers port=22',
    'Look further back': 'records port=22',
  });
});
