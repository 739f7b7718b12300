import { expect, it } from 'vitest';
import { asked, finished } from '../contract/store-samples.ts';
import { givenSample, SETTINGS } from '../support/given-sample.ts';

const TODAY = new Date('2026-11-24T00:00:00Z');

it('`costs` shows what this thread, this channel, the person and all people have spent, days in UTC', async () => {
  const { store, say, now } = await givenSample();
  const spent = [
    { id: 'a', person: 'U1', thread: 'C1/1', channel: 'C1', dollars: 0.5, at: TODAY },
    { id: 'b', person: 'U2', thread: 'C1/2', channel: 'C1', dollars: 0.00005, at: TODAY },
    { id: 'c', person: 'U1', thread: 'C2/1', channel: 'C2', dollars: 2, at: TODAY },
    { id: 'd', person: 'U1', thread: 'C1/1', channel: 'C1', dollars: 8, at: new Date(TODAY.getTime() - 1) },
  ];
  for (const { id, dollars, at, ...whose } of spent) {
    await store.begin({ ...asked(id), ...whose });
    await store.finish(id, finished(0, { dollars, finishedAt: at }));
  }
  await store.begin({ ...asked('e'), person: 'U2', channel: 'C1', thread: 'C1/1', askedAt: now() });
  const wish = { dollars: 0.25, thread: 'C1/1', limits: undefined, dayBegan: TODAY, at: now() };
  expect(await store.setAside('e', wish)).toBe('set-aside');
  const report = await say('costs', { thread: 'C1/1' });
  expect(report.headline).toBe("Today's questions have cost $2.50 of $50.00");
  expect(report.sections[0]?.table?.rows).toEqual([
    ['This thread', '$8.50', '$0.25', '$5.00'],
    ['This channel, today', '$0.50', '$0.25', '-'],
    ['You, today', '$2.50', '$0', '-'],
    ['Everybody, today', '$2.50', '$0.25', '$50.00'],
  ]);
  expect(report.sections[1]?.lines?.[0]).toBe(
    'A question that would cost more than $1.00 waits for a yes. Price: $5 a TB, as configured.',
  );
});

it('`costs` leaves the thread out where there is none, and shows the price of each region', async () => {
  const settings = { prices: { ...SETTINGS.prices, regions: { 'sa-east-1': 9 } } };
  const { say } = await givenSample({ settings });
  const report = await say('costs');
  expect(report.sections[0]?.table?.rows.map(([whose]) => whose)).not.toContain('This thread');
  expect(report.headline).toBe("Today's questions have cost $0 of $50.00");
  expect(report.sections[1]?.lines?.[0]).toContain('$5 a TB, sa-east-1 $9');
});
