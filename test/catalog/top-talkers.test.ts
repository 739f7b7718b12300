import { expect, it } from 'vitest';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';

it('the query `top-talkers` ranks pairs by accepted bytes, and puts the original before its copy behind a NAT gateway', async () => {
  const answer = await askFixture('top-talkers');
  expect(cells(answer, 'source', 'destination', 'bytes', 'interfaces')).toEqual([
    ['10.0.2.20', '10.0.3.30', 9_007_199_254_740_993n, 1],
    // 90,000 B came once: two interfaces saw them for the app server, one for the gateway's own address.
    ['203.0.113.80', '10.0.1.30', 90_000, 2],
    ['203.0.113.80', '10.0.0.5', 90_000, 1],
    ['10.0.1.10', '198.51.100.7', 35_150, 1],
    ['10.0.1.30', '203.0.113.80', 30_000, 2],
    ['10.0.0.5', '203.0.113.80', 30_000, 1],
    ['10.0.2.20', '10.0.1.10', 12_000, 2],
    ['2001:db8:1::10', '2001:db8:ffff::7', 8_000, 1],
    ['10.0.1.10', '198.51.100.8', 5_000, 1],
    ['203.0.113.81', '10.0.1.31', 4_400, 1],
  ]);
  expect(answer.truncated).toBe(true);
  expect(answer.headline).toBe(
    '10.0.2.20 sent at least 9.0 PB to 10.0.3.30 since 10:35 UTC, the most accepted traffic.',
  );
});

it('the query `top-talkers` leaves rejected bytes out unless they are asked for', async () => {
  const answer = await askFixture('top-talkers action=reject');
  expect(cells(answer, 'source', 'destination', 'bytes', 'records')).toEqual([
    ['10.0.1.10', '10.0.2.20', 540, 3],
    ['192.0.2.66', '10.0.1.10', 240, 5],
  ]);
  expect(answer.headline).toBe(
    '10.0.1.10 sent at least 540 B to 10.0.2.20 since 10:20:05 UTC, the most rejected traffic. (Only action=reject.)',
  );
});

it.each([
  [
    'top-talkers 10.0.0.9',
    [
      ['10.0.1.10', 1_350],
      ['10.0.0.9', 900],
    ],
  ],
  ['top-talkers port=443 top=1', [['203.0.113.80', 90_000]]],
  [
    'top-talkers proto=icmp',
    [
      ['10.0.1.30', 252],
      ['10.0.2.20', 252],
    ],
  ],
  [
    'top-talkers eni=eni-0000000000000020a direction=ingress',
    [
      ['10.0.1.10', 1_500],
      ['10.0.1.30', 252],
    ],
  ],
  [
    'top-talkers 2001:db8::/32',
    [
      ['2001:db8:1::10', 8_000],
      ['2001:db8:ffff::7', 700],
    ],
  ],
  [
    'top-talkers 203.0.113.80/30 top=2',
    [
      ['203.0.113.80', 90_000],
      ['203.0.113.80', 90_000],
    ],
  ],
])('the query `top-talkers` answers %s', async (line, expected) => {
  expect(cells(await askFixture(line), 'source', 'bytes')).toEqual(expected);
});

it('the query `top-talkers` goes on with the first pair and its source', async () => {
  expect(nextSteps(await askFixture('top-talkers 10.0.0.9'))).toEqual({
    'Between these two': 'between 10.0.1.10 10.0.0.9',
    'All of 10.0.1.10': 'traffic 10.0.1.10',
    Rejected: 'rejected 10.0.0.9',
    'Look further back': 'top-talkers 10.0.0.9',
  });
});
