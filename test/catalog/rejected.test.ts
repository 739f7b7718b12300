import { expect, it } from 'vitest';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';

it('the query `rejected` counts who was rejected by whom, with the port that was tried most', async () => {
  const answer = await askFixture('rejected');
  expect(cells(answer, 'source', 'destination', 'protocol', 'port', 'ports', 'records', 'packets')).toEqual([
    // Four ports; 22 twice, the others once.
    ['192.0.2.66', '10.0.1.10', 6, 22, 4, 5, 6],
    ['10.0.1.10', '10.0.2.20', 6, 5432, 1, 3, 9],
  ]);
  expect(answer.headline).toBe(
    'At least 2 addresses were rejected; most often from 192.0.2.66 to 10.0.1.10 on 4 ports (at least 5 records).',
  );
});

it('the query `rejected` names the port when there was one', async () => {
  expect((await askFixture('rejected 10.0.2.20')).headline).toBe(
    'At least 1 address was rejected in traffic of 10.0.2.20; most often from 10.0.1.10 to 10.0.2.20 on port 5432 (at least 3 records).',
  );
});

it.each([
  ['rejected port=3389', [['192.0.2.66', 1]]],
  ['rejected 192.0.2.0/24 top=1', [['192.0.2.66', 4]]],
  ['rejected eni=eni-0000000000000020a', [['10.0.1.10', 1]]],
  [
    'rejected direction=ingress top=5',
    [
      ['192.0.2.66', 4],
      ['10.0.1.10', 1],
    ],
  ],
  ['rejected direction=egress', []],
  ['rejected proto=udp', []],
  ['rejected 2001:db8::/32', []],
])('the query `rejected` answers %s', async (line, expected) => {
  expect(cells(await askFixture(line), 'source', 'ports')).toEqual(expected);
});

it('the query `rejected` counts all addresses, also those that are not shown', async () => {
  expect((await askFixture('rejected top=1')).headline).toMatch(/^At least 2 addresses were rejected; /);
});

it('the query `rejected` refuses an action, since it has one', async () => {
  await expect(askFixture('rejected action=accept')).rejects.toThrow('`rejected` has no option `action`');
});

it('the query `rejected` goes on with the pair, all that its source sent, and the destination over time', async () => {
  expect(nextSteps(await askFixture('rejected'))).toEqual({
    'Between these two': 'between 192.0.2.66 10.0.1.10',
    'All from 192.0.2.66': 'from 192.0.2.66',
    'Over time': 'timeline 10.0.1.10',
    'Look further back': 'rejected',
  });
});
