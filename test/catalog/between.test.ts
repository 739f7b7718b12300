import { expect, it } from 'vitest';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';

const WEB_ENI = 'eni-0000000000000010a';
const DB_ENI = 'eni-0000000000000020a';
/** The logs of the story lack a slot and some flows, and so no headline of it is certain. */
const MORE = ' There may be more: some five-minute slots have no file.';
const REFUSED = 'since 2026-11-22T10:20Z until 2026-11-22T10:40Z';

it('the query `between` shows requests and replies apart, and where each was counted', async () => {
  const answer = await askFixture('between 10.0.1.10 10.0.2.20');
  expect(cells(answer, 'source', 'way', 'port', 'action', 'bytes', 'records', 'interface_id')).toEqual([
    // 3 x 500 until 10:16, then 3 x 180 that the web server's own interface lets go.
    ['10.0.1.10', 'request', 5432, 'ACCEPT', 2_040, 6, WEB_ENI],
    ['10.0.1.10', 'request', 5432, 'REJECT', 540, 3, DB_ENI],
    ['10.0.2.20', 'reply', 5432, 'ACCEPT', 12_000, 3, WEB_ENI],
  ]);
  expect(answer.headline).toBe(
    '10.0.2.20 has rejected 10.0.1.10 on 5432 postgres since 10:20:05 UTC; before that it answered, until 10:15:55 UTC. ' +
      'But some five-minute slots have no file.',
  );
});

it('the query `between` shows a refusal as accepted at one side, rejected at the other, and without replies', async () => {
  const answer = await askFixture('between 10.0.1.10 10.0.2.20', { window: REFUSED });
  expect(cells(answer, 'way', 'action', 'bytes', 'interface_id')).toEqual([
    ['request', 'ACCEPT', 540, WEB_ENI],
    ['request', 'REJECT', 540, DB_ENI],
  ]);
  expect(answer.headline).toBe(
    '10.0.2.20 rejected 10.0.1.10 on 5432 postgres, from 10:20:05 UTC to 10:33 UTC. But some five-minute slots have no file.',
  );
});

it('the query `between` draws its verdict from all rows, not from those that are shown', async () => {
  const { headline, truncated } = await askFixture('between 10.0.1.10 10.0.2.20 top=1');
  expect(truncated).toBe(true);
  expect(headline).toBe((await askFixture('between 10.0.1.10 10.0.2.20')).headline);
});

it.each([
  [
    'action=reject',
    'Traffic between 10.0.1.10 and 10.0.2.20 was rejected, as far as was asked. (Only action=reject.)',
  ],
  [
    'direction=egress',
    'Traffic between 10.0.1.10 and 10.0.2.20 was accepted, with replies, as far as was asked. (Only direction=egress.)',
  ],
])('the query `between` does not draw a verdict from what %s leaves out', async (option, expected) => {
  expect((await askFixture(`between 10.0.1.10 10.0.2.20 ${option}`)).headline).toBe(expected + MORE);
});

it('the query `between` answers the same whichever address comes first', async () => {
  const one = await askFixture('between 10.0.2.20 10.0.1.10');
  expect(one.rows).toEqual((await askFixture('between 10.0.1.10 10.0.2.20')).rows);
});

it.each([
  [
    'between 10.0.1.30 203.0.113.80',
    [
      ['10.0.1.30', 30_000],
      ['203.0.113.80', 90_000],
    ],
  ],
  [
    'between 10.0.1.31 203.0.113.80/30',
    [
      ['10.0.1.31', 400],
      ['203.0.113.81', 4_400],
    ],
  ],
  [
    'between 2001:db8:1::/48 2001:db8:ffff::7',
    [
      ['2001:db8:1::10', 8_000],
      ['2001:db8:ffff::7', 700],
    ],
  ],
  [
    'between 10.0.1.30 10.0.2.20 proto=icmp',
    [
      ['10.0.1.30', 252],
      ['10.0.2.20', 252],
    ],
  ],
  ['between 10.0.0.9 10.0.1.10 port=8080 top=1', [['10.0.0.9', 900]]],
  ['between 10.0.1.10 192.0.2.66 port=3389', [['192.0.2.66', 40]]],
  [
    `between 10.0.1.10 10.0.2.20 eni=${DB_ENI} action=accept`,
    [
      ['10.0.1.10', 1_500],
      ['10.0.2.20', 12_000],
    ],
  ],
])('the query `between` answers %s', async (line, expected) => {
  expect(cells(await askFixture(line), 'source', 'bytes')).toEqual(expected);
});

it('the query `between` goes on with what was rejected, the records and the second address', async () => {
  expect(nextSteps(await askFixture('between 10.0.1.10 10.0.2.20'))).toEqual({
    'Only rejected': 'between 10.0.1.10 10.0.2.20 action=reject',
    'The records': 'records src=10.0.1.10 dst=10.0.2.20',
    'All of 10.0.2.20': 'traffic 10.0.2.20',
    'Look further back': 'between 10.0.1.10 10.0.2.20',
  });
});
