import { expect, it } from 'vitest';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';
import { flow, NOON } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

it('the query `rejected` counts who was rejected by whom, with the port that was tried most', async () => {
  const answer = await askFixture('rejected');
  expect(cells(answer, 'source', 'destination', 'protocol', 'port', 'ports', 'records', 'packets')).toEqual([
    // A client of our own comes before the noise of the internet.
    ['10.0.1.10', '10.0.2.20', 6, 5432, 1, 3, 9],
    // Four ports; 22 twice, the others once.
    ['192.0.2.66', '10.0.1.10', 6, 22, 4, 5, 6],
  ]);
  expect(answer.headline).toBe(
    '10.0.2.20 has rejected 10.0.1.10 on 5432 postgres since 10:20:05 UTC; before that it answered, until 10:15:55 UTC. At least 1 outside address was rejected too on 4 ports. But some five-minute slots have no file.',
  );
});

it('the query `rejected` names the port when there was one', async () => {
  expect((await askFixture('rejected 10.0.2.20')).headline).toBe(
    '10.0.2.20 has rejected 10.0.1.10 on 5432 postgres since 10:20:05 UTC; before that it answered, until 10:15:55 UTC. But some five-minute slots have no file.',
  );
});

it.each([
  ['rejected port=3389', [['192.0.2.66', 1]]],
  ['rejected 192.0.2.0/24 top=1', [['192.0.2.66', 4]]],
  ['rejected eni=eni-0000000000000020a', [['10.0.1.10', 1]]],
  [
    'rejected direction=ingress top=5',
    [
      ['10.0.1.10', 1],
      ['192.0.2.66', 4],
    ],
  ],
  ['rejected direction=egress', []],
  ['rejected proto=udp', []],
  ['rejected 2001:db8::/32', []],
])('the query `rejected` answers %s', async (line, expected) => {
  expect(cells(await askFixture(line), 'source', 'ports')).toEqual(expected);
});

it('the query `rejected` counts all addresses, also those that are not shown', async () => {
  expect((await askFixture('rejected 10.0.1.10 port=22-9000 proto=tcp top=1')).rows).toHaveLength(1);
  expect((await askFixture('rejected 192.0.2.66 top=1')).headline).toBe(
    'At least 1 address was rejected in traffic of 192.0.2.66; most often from 192.0.2.66 to 10.0.1.10 on 4 ports (at least 5 records).',
  );
});

it('the query `rejected` refuses an action, since it has one', async () => {
  await expect(askFixture('rejected action=accept')).rejects.toThrow('`rejected` has no option `action`');
});

it('the query `rejected` goes on with the pair, all that its source sent, and the destination over time', async () => {
  expect(nextSteps(await askFixture('rejected'))).toEqual({
    Why: 'why 10.0.1.10 10.0.2.20 port=5432',
    'Between these two': 'between 10.0.1.10 10.0.2.20',
    'All from 10.0.1.10': 'from 10.0.1.10',
    'Over time': 'timeline 10.0.2.20',
    'Look further back': 'rejected',
  });
});

it('the query `rejected` has an IPv6 client of the same network as a pair, and a strange one among the noise', async () => {
  const folder = await tempFolder();
  const [own, other, strange] = ['2600:1f18:1:2::5', '2600:1f18:1:3::7', '2a02:6b8::9'];
  const rejected = { dstaddr: other, dstport: 5432, action: 'REJECT', 'flow-direction': 'ingress' };
  const fields =
    'interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status flow-direction';
  await writeLake(
    folder,
    [own, strange].flatMap((srcaddr) =>
      [1, 2, 3].map((at) => flow(NOON + at * 60, { ...rejected, srcaddr })),
    ),
    { fields: fields.split(' ') },
  );
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const answer = await ask('rejected since 2026-03-05T12:00Z until 2026-03-05T12:05Z');
  await close();
  expect(cells(answer, 'source', 'destination')).toEqual([
    [own, other],
    [strange, other],
  ]);
  expect(answer.headline).toContain(`${other} rejected ${own} on 5432 postgres`);
  expect(answer.headline).toContain('1 outside address was rejected too');
});

it('the query `rejected` counts what answered a client that it names, and nothing of clients that were never rejected', async () => {
  const [server, scanner] = ['10.0.1.5', '203.0.113.9'];
  const tried = (port: number, action: string) =>
    flow(NOON + 60, { srcaddr: scanner, dstport: port, action });
  const answer = (client: string, port: number) =>
    flow(NOON + 120, { srcaddr: server, dstaddr: client, srcport: port, dstport: 50_001 });
  // It is no scan where as many ports answered as did not.
  const ports = Array.from({ length: 60 }, (_, index) => 6_000 + index);
  const rejected = ports.map((port) => tried(port, 'REJECT'));
  const answered = ports.map((port) => answer(scanner, port + 1_000));
  const others = ports.map((port) => answer('198.51.100.7', port));
  const rowsOver = async (records: readonly ReturnType<typeof flow>[]) => {
    const folder = await tempFolder();
    await writeLake(folder, records);
    const { ask, close } = await openLake(folder, LONG_AFTER);
    const { rows } = await ask('rejected since 2026-03-05T12:00Z until 2026-03-05T12:05Z');
    await close();
    return rows;
  };
  const scan = await rowsOver(rejected);
  expect(scan).toMatchObject([{ kind: 'scan', source: scanner, ports: 60 }]);
  expect(await rowsOver([...rejected, ...others])).toEqual(scan);
  expect(await rowsOver([...rejected, ...answered])).toMatchObject([{ kind: 'noise', ports: 60 }]);
});
