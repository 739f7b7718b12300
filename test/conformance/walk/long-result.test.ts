import { expect, inject, it } from 'vitest';
import { flow } from '../../support/flow.ts';
import { givenWalk } from './given-walk.ts';
import { confirmWhileAwsDelivers, doPlanned, later } from './lines.ts';
import { makeNetwork } from './network.ts';

const RECORDS = 7_000;
const IN_PAGES = 4_999;

it('a long result is streamed from the object that Athena wrote, after the pages that the answer shows', async () => {
  const walk = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const { interfaceId } = await makeNetwork(walk.clients);
  const begun = walk.clock.now.getTime() / 1000;
  const records = Array.from({ length: RECORDS }, (_, index) =>
    flow(begun + 90, { srcport: 1_024 + index, bytes: 1_000 + index }),
  );
  const plan = await walk.type(`setup ${interfaceId} files=text`);
  const { flowLogId } = await confirmWhileAwsDelivers(walk, plan, records);
  walk.clock.now = later(walk.clock.now, 70);
  await doPlanned(walk, `table ${flowLogId}`);

  const parts = await walk.csv('records last 2h');
  const lines = parts.join('').trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + RECORDS);
  expect(new Set(lines).size).toBe(1 + RECORDS);
  const longest = Math.max(...parts.map((part) => part.split('\r\n').length - 1));
  expect(longest).toBeLessThanOrEqual(1_001);

  // Five pages have 4,999 rows beside the names of the columns; the rest came from the object.
  expect(walk.athena.calls.GetQueryResults).toBe(Math.ceil(IN_PAGES / 1_000));
  const [execution] = walk.athena.executions();
  const read = walk.route.calls.filter((call) => call.includes(`${execution?.id}.csv`));
  expect(read).toEqual([expect.stringMatching(/^s3 GET \/flowlog-.*athena-results/)]);
});
