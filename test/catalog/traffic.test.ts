import { expect, it } from 'vitest';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';

it('the query `traffic` shows in and out as the address sees them, and who opened the connection', async () => {
  const answer = await askFixture('traffic 10.0.1.10 action=accept');
  expect(cells(answer, 'peer', 'port', 'opened_by', 'bytes_in', 'bytes_out', 'records')).toEqual([
    // In: 3 x 4,000 of replies. Out: 3 x 500 answered and 3 x 180 never; 3 + 6 records.
    ['10.0.2.20', 5432, 'us', 12_000, 2_040, 9],
    ['198.51.100.7', 443, 'peer', 2_000, 35_150, 6],
    ['10.0.0.9', 8080, 'peer', 900, 1_350, 6],
    ['198.51.100.8', 443, 'peer', 600, 5_000, 2],
  ]);
});

it('the query `traffic` says first what fails', async () => {
  expect((await askFixture('traffic 10.0.1.10')).headline).toBe(
    '10.0.2.20 has rejected 10.0.1.10 on 5432 postgres since 10:20:05 UTC; before that it answered, until 10:15:55 UTC. But some five-minute slots have no file.',
  );
});

it('the query `traffic` names the busiest peer, and says that some were rejected, where nothing fails', async () => {
  const window = 'since 2026-11-22T10:00Z until 2026-11-22T10:15Z';
  expect((await askFixture('traffic 10.0.1.10', { window })).headline).toMatch(
    /^10\.0\.1\.10 exchanged traffic with 5 addresses, 1 of them rejected \(4 clients, 1 server that it called\); most with 10\.0\.2\.20: /,
  );
});

it('the query `traffic` counts all peers in its headline, also those that are not shown', async () => {
  const { headline } = await askFixture('traffic 10.0.1.10 top=1');
  expect(headline).toBe((await askFixture('traffic 10.0.1.10')).headline);
});

it('the query `traffic` orients a record without packet fields by the fields that it has', async () => {
  const answer = await askFixture('traffic 10.0.0.5');
  expect(cells(answer, 'ours', 'peer', 'bytes_in', 'bytes_out')).toContainEqual([
    '10.0.0.5',
    '203.0.113.80',
    90_000,
    30_000,
  ]);
});

it('the query `traffic` shows a block from the side of each of its addresses', async () => {
  const answer = await askFixture('traffic 10.0.1.0/24 proto=icmp');
  expect(cells(answer, 'ours', 'peer', 'opened_by', 'bytes_in', 'bytes_out')).toEqual([
    // A ping has no ports and no flags: nothing tells who asked.
    ['10.0.1.30', '10.0.2.20', 'unknown', 252, 252],
  ]);
});

it.each([
  ['traffic 10.0.1.10 port=8443', [['192.0.2.66', 'REJECT']]],
  [
    'traffic 10.0.1.10 direction=ingress port=5432',
    [
      ['10.0.2.20', 'ACCEPT'],
      ['10.0.2.20', 'REJECT'],
    ],
  ],
  ['traffic 2001:db8:ffff::/64', [['2001:db8:1::10', 'ACCEPT']]],
  ['traffic 10.0.1.31', [['203.0.113.81', 'ACCEPT']]],
  ['traffic 10.0.1.10 eni=eni-0000000000000020a action=reject', [['10.0.2.20', 'REJECT']]],
])('the query `traffic` answers %s', async (line, expected) => {
  expect(cells(await askFixture(line), 'peer', 'action')).toEqual(expected);
});

it('the query `traffic` goes on with what was rejected, the course of time, its ports and the busiest peer', async () => {
  expect(nextSteps(await askFixture('traffic 10.0.1.10'))).toEqual({
    'Only rejected': 'traffic 10.0.1.10 action=reject',
    'Over time': 'timeline 10.0.1.10',
    'Its ports': 'ports 10.0.1.10',
    Why: 'why 10.0.1.10 10.0.2.20 port=5432',
    'Look further back': 'traffic 10.0.1.10',
  });
});
