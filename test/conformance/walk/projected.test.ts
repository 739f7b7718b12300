import { expect, inject, it } from 'vitest';
import { givenWalk } from './given-walk.ts';
import { confirmWhileAwsDelivers, doPlanned, hourOfTraffic, later } from './lines.ts';
import { makeNetwork } from './network.ts';
import { whatIsLeft } from './what-is-left.ts';

it.each(['hive=no', 'hive=yes', 'hive=yes hourly=no'])(
  'Parquet is asked through projected partitions, which no statement added (%s)',
  async (layout) => {
    const walk = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
    const { interfaceId } = await makeNetwork(walk.clients);
    const hour = walk.clock.now;
    const plan = await walk.type(`setup ${interfaceId} ${layout}`);
    const { flowLogId } = await confirmWhileAwsDelivers(walk, plan, hourOfTraffic(hour));
    walk.clock.now = later(hour, 70);
    await doPlanned(walk, `table ${flowLogId}`);
    expect(await walk.type('partitions today')).toContain('works its partitions out by itself');

    const answer = await walk.type('to 10.0.1.5 last 1h');
    expect(answer).toMatch(
      /^Reading 10 files .*, at most about \$0\.00005 on Athena\n10\.0\.1\.5 got traffic from at least 2/,
    );
    const left = await whatIsLeft(walk);
    expect(walk.athena.billedBytes()).toBe(left.bytesSince(later(hour, 10), flowLogId));
  },
);
