import { expect, it } from 'vitest';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';

const WEB_ENI = 'eni-0000000000000010a';
const LB_ENI = 'eni-0000000000000009a';

it('the query `to` says who talked to an address, on which ports, accepted or rejected', async () => {
  const answer = await askFixture('to 10.0.1.10');
  expect(cells(answer, 'source', 'port', 'action', 'role', 'bytes', 'records', 'interface_id')).toEqual([
    // Three replies of 4,000 B, each seen at both interfaces and counted at one.
    ['10.0.2.20', 5432, 'ACCEPT', 'server', 12_000, 3, WEB_ENI],
    // 1,000 + 800 + 200: the middle record has no flags, and its ports tell who asks.
    ['198.51.100.7', 443, 'ACCEPT', 'client', 2_000, 3, WEB_ENI],
    // Three health checks of 300 B; of two interfaces that saw the same, the first by name is the vantage.
    ['10.0.0.9', 8080, 'ACCEPT', 'client', 900, 3, LB_ENI],
    ['198.51.100.8', 443, 'ACCEPT', 'client', 600, 1, WEB_ENI],
    // 40 + 80.
    ['192.0.2.66', 22, 'REJECT', 'client', 120, 2, WEB_ENI],
    ['192.0.2.66', 23, 'REJECT', 'client', 40, 1, WEB_ENI],
    ['192.0.2.66', 3389, 'REJECT', 'client', 40, 1, WEB_ENI],
    ['192.0.2.66', 8443, 'REJECT', 'client', 40, 1, WEB_ENI],
  ]);
});

it('the query `to` says first what fails', async () => {
  const { headline, finding } = await askFixture('to 10.0.1.10');
  expect(headline).toBe(
    '10.0.2.20 has rejected 10.0.1.10 on 5432 postgres since 10:20:05 UTC; before that it answered, until 10:15:55 UTC. But some five-minute slots have no file.',
  );
  expect(finding).toMatchObject({ state: 'rejected', since: new Date('2026-11-22T10:20:05Z') });
});

it('the query `to` puts the number of peers and the one that sent most in the headline, where nothing fails', async () => {
  expect(
    (await askFixture('to 10.0.1.10', { window: 'since 2026-11-22T10:00Z until 2026-11-22T10:15Z' }))
      .headline,
  ).toMatch(
    /^10\.0\.1\.10 got traffic from 5 addresses, 1 of them rejected \(4 clients, 1 server that it called\); most of it from 10\.0\.2\.20 \(/,
  );
  expect((await askFixture('to 10.0.1.10 port=8080')).headline).toBe(
    '10.0.1.10 got traffic from at least 1 address; most of it from 10.0.0.9 (at least 900 B). (Only port=8080.)',
  );
});

it('the query `to` counts all peers in its headline, also those that are not shown', async () => {
  const answer = await askFixture('to 10.0.1.10 top=1');
  expect(answer.truncated).toBe(true);
  expect(answer.headline).toBe((await askFixture('to 10.0.1.10')).headline);
});

it.each([
  ['port=22', [['192.0.2.66', 22]]],
  [
    'port=22-23',
    [
      ['192.0.2.66', 22],
      ['192.0.2.66', 23],
    ],
  ],
  // A reply carries the service's port as its source.
  ['port=5432', [['10.0.2.20', 5432]]],
  ['proto=icmp', []],
  [`eni=${LB_ENI}`, [['10.0.0.9', 8080]]],
  // Only the load balancer's own interface sends to the web server; the others' packets only come in.
  [
    'direction=egress',
    [
      ['10.0.2.20', 5432],
      ['10.0.0.9', 8080],
    ],
  ],
])('the query `to` keeps to %s', async (option, expected) => {
  expect(cells(await askFixture(`to 10.0.1.10 ${option}`), 'source', 'port')).toEqual(expected);
});

it('the query `to` keeps to what was rejected, or to what was accepted', async () => {
  const refused = await askFixture('to 10.0.2.20 action=reject');
  expect(cells(refused, 'source', 'port', 'bytes', 'records', 'interface_id')).toEqual([
    // Three refused attempts of 180 B, which only the database's own interface calls rejected.
    ['10.0.1.10', 5432, 540, 3, 'eni-0000000000000020a'],
  ]);
  const accepted = await askFixture('to 10.0.2.20 action=accept port=5432');
  // 3 x 500 that arrived and 3 x 180 that left the web server: its interface saw more than the database's.
  expect(cells(accepted, 'bytes', 'interface_id')).toEqual([[2_040, WEB_ENI]]);
});

it('the query `to` finds a pod by the packet address alone', async () => {
  const answer = await askFixture('to 10.0.1.31');
  expect(cells(answer, 'source', 'destination', 'port', 'role', 'bytes')).toEqual([
    ['203.0.113.81', '10.0.1.31', 443, 'server', 4_400],
  ]);
});

it('the query `to` counts what went through a NAT gateway once under each address that sent it', async () => {
  // Three sightings: the instance and the inside of the gateway show app > shop, the outside shows nat > shop.
  expect(cells(await askFixture('to 203.0.113.80'), 'source', 'bytes', 'packets', 'records')).toEqual([
    ['10.0.0.5', 30_000, 20, 1],
    ['10.0.1.30', 30_000, 20, 1],
  ]);
});

it('the query `to` takes blocks of both families', async () => {
  const four = await askFixture('to 10.0.2.0/24 proto=icmp');
  expect(cells(four, 'source', 'destination', 'port', 'protocol', 'bytes')).toEqual([
    ['10.0.1.30', '10.0.2.20', null, 1, 252],
  ]);
  const six = await askFixture('to 2001:DB8:1::/48');
  expect(cells(six, 'source', 'destination', 'bytes')).toEqual([['2001:db8:ffff::7', '2001:db8:1::10', 700]]);
  expect(cells(await askFixture('to 2001:0db8:0001:0:0::10'), 'bytes')).toEqual([[700]]);
  expect((await askFixture('to 2001:db8:2::/48')).rows).toEqual([]);
});

it('the query `to` goes on with what was rejected, its ports, the course of time and the peer that sent most', async () => {
  expect(nextSteps(await askFixture('to 10.0.1.10'))).toEqual({
    'Only rejected': 'to 10.0.1.10 action=reject',
    'Its ports': 'ports 10.0.1.10',
    'Over time': 'timeline 10.0.1.10',
    Why: 'why 10.0.1.10 10.0.2.20 port=5432',
    'Look further back': 'to 10.0.1.10',
  });
});
