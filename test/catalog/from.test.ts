import { expect, it } from 'vitest';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';

it('the query `from` says whom an address talked to, and who of the two asked', async () => {
  const answer = await askFixture('from 10.0.1.10');
  expect(cells(answer, 'destination', 'port', 'action', 'role', 'bytes', 'records', 'interface_id')).toEqual([
    // What fails comes first: 3 x 500 + 3 x 180 left its interface; of the last three the database's own says REJECT.
    ['10.0.2.20', 5432, 'ACCEPT', 'server', 2_040, 6, 'eni-0000000000000010a'],
    ['10.0.2.20', 5432, 'REJECT', 'server', 540, 3, 'eni-0000000000000020a'],
    // 20,000 + 15,000 + 150 of the page's reply.
    ['198.51.100.7', 443, 'ACCEPT', 'client', 35_150, 3, 'eni-0000000000000010a'],
    ['198.51.100.8', 443, 'ACCEPT', 'client', 5_000, 1, 'eni-0000000000000010a'],
    // 3 x 450 in reply to health checks.
    ['10.0.0.9', 8080, 'ACCEPT', 'client', 1_350, 3, 'eni-0000000000000009a'],
  ]);
  expect(answer.headline).toBe(
    '10.0.2.20 has rejected 10.0.1.10 on 5432 postgres since 10:20:05 UTC; before that it answered, until 10:15:55 UTC. But some five-minute slots have no file.',
  );
});

it('the query `from` counts what an instance sent through a NAT gateway once', async () => {
  expect(cells(await askFixture('from 10.0.1.30 port=443'), 'source', 'destination', 'bytes')).toEqual([
    ['10.0.1.30', '203.0.113.80', 30_000],
    // The interface shows its own address; who really sent is the pod behind it.
    ['10.0.1.31', '203.0.113.81', 400],
  ]);
});

it.each([
  ['from 10.0.1.31', ['203.0.113.81']],
  ['from 10.0.1.10 port=5432 action=reject', ['10.0.2.20']],
  ['from 10.0.1.10 direction=ingress action=accept', ['10.0.2.20', '10.0.0.9']],
  ['from 10.0.1.30 proto=icmp', ['10.0.2.20']],
  ['from 10.0.1.10 eni=eni-0000000000000009a', ['10.0.0.9']],
  ['from 2001:db8:1::10', ['2001:db8:ffff::7']],
  ['from 192.0.2.64/29 top=1', ['10.0.1.10']],
])('the query `from` answers %s', async (line, destinations) => {
  expect(cells(await askFixture(line), 'destination').flat()).toEqual(destinations);
});

it('the query `from` keeps bytes beyond what a double can count', async () => {
  expect(cells(await askFixture('from 10.0.2.20 port=2049'), 'destination', 'bytes')).toEqual([
    ['10.0.3.30', 9_007_199_254_740_993n],
  ]);
});

it('the query `from` goes on with what was rejected, both ways, the course of time and the peer that got most', async () => {
  expect(nextSteps(await askFixture('from 10.0.1.10'))).toEqual({
    'Only rejected': 'from 10.0.1.10 action=reject',
    'Both ways': 'traffic 10.0.1.10',
    'Over time': 'timeline 10.0.1.10',
    Why: 'why 10.0.1.10 10.0.2.20 port=5432',
    'Look further back': 'from 10.0.1.10',
  });
});
