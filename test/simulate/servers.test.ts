import { StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { expect, it } from 'vitest';
import { AWS_LIMITS } from '../../src/core/flow-log/aws-limits.ts';
import { createRandom } from '../../src/playground/aws/random.ts';
import { LIMITS } from '../../src/render/limits.ts';
import { createAthenaAccount, statementReading } from './athena-account.ts';
import { createSlackWorkspace } from './slack-workspace.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

const random = () => createRandom('servers');

function given<T>(create: (clock: VirtualClock) => T) {
  const clock = createVirtualClock(new Date('2026-11-24T00:00Z'));
  return { clock, server: create(clock) };
}

/** What some calls that are made at once came to, by how often. */
async function outcomes(
  clock: VirtualClock,
  amount: number,
  call: (index: number) => Promise<unknown>,
): Promise<Readonly<Record<string, number>>> {
  const settled = Promise.all(
    Array.from({ length: amount }, (_, index) =>
      call(index).then(
        () => 'taken',
        (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
      ),
    ),
  );
  await clock.run();
  const counts: Record<string, number> = {};
  for (const outcome of await settled) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

it('Athena has no more active queries than its quota', async () => {
  const { clock, server } = given((each) => createAthenaAccount(each, random()));
  const most = AWS_LIMITS.activeQueries;
  // Two in each tenth of a second are below the rate, and none ends in the first two seconds.
  const counts = await outcomes(clock, most + 5, async (index) => {
    await clock.sleep(index * 60);
    const input = { QueryString: statementReading(1), ClientRequestToken: `${index}` };
    return server.client.send(new StartQueryExecutionCommand(input));
  });
  expect(counts).toEqual({ taken: most, CONCURRENT_QUERY_LIMIT_EXCEEDED: 5 });
  expect(server.refused()).toBe(5);
  expect(server.scannedBytes()).toHaveLength(most);
});

it('Athena takes no more starts a second than its rate, and a token starts one execution', async () => {
  const { clock, server } = given((each) => createAthenaAccount(each, random()));
  const most = AWS_LIMITS.athenaCallsPerSecond.StartQueryExecution;
  const input = { QueryString: statementReading(7), ClientRequestToken: 'the same' };
  const counts = await outcomes(clock, most + 3, () =>
    server.client.send(new StartQueryExecutionCommand(input)),
  );
  expect(counts).toEqual({ taken: most, 'Rate exceeded': 3 });
  expect(server.scannedBytes()).toEqual([7]);
});

it('Slack takes no more updates a minute than its limit, and says when it takes the next', async () => {
  const { clock, server } = given((each) => createSlackWorkspace(each, random()));
  const counts = await outcomes(clock, LIMITS.updatesAMinute + 2, (index) =>
    server.chat.update({ channel: `C${index}`, ts: '1.0' }),
  );
  const refused = 'A rate-limit has been reached, you may retry this request in 60 seconds';
  expect(counts).toEqual({ taken: LIMITS.updatesAMinute, [refused]: 2 });
  expect(server.refused()).toBe(2);
});

it('Slack takes a post a second in a channel, and others in other channels meanwhile', async () => {
  const { clock, server } = given((each) => createSlackWorkspace(each, random()));
  const counts = await outcomes(clock, 4, (index) =>
    server.chat.postMessage({ channel: index < 3 ? 'C1' : 'C2' }),
  );
  const refused = 'A rate-limit has been reached, you may retry this request in 1 seconds';
  expect(counts).toEqual({ taken: 2, [refused]: 2 });
});
