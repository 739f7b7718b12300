import { expect, it } from 'vitest';
import { sweepJob } from '../../src/app/jobs.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { asked, finished } from '../contract/store-samples.ts';

const DAY_MS = 86_400_000;

it('questions that ended longer ago than is configured are forgotten, and all others stay', async () => {
  const stores = await openStores({ path: ':memory:' });
  const now = new Date('2026-03-05T12:00:00Z');
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  for (const [id, days] of Object.entries({ old: 31, young: 29 })) {
    await stores.store.begin(asked(id));
    await stores.store.finish(id, finished(0, { finishedAt: daysAgo(days) }));
  }
  await stores.store.begin({ ...asked('waits'), askedAt: daysAgo(40) });
  const job = sweepJob(stores, { historyDays: 30, auditDays: 20, now: () => now });
  await job.run(new AbortController().signal);
  expect((await stores.store.recent(9)).map(({ id }) => id)).toEqual(['young']);
  expect((await stores.store.inFlight()).map(({ id }) => id)).toEqual(['waits']);
  const kinds: string[] = [];
  for await (const { kind } of stores.audit.entries()) kinds.push(kind);
  // The entry about the history is as of 1970 here, where the stores have no clock.
  expect(kinds).toEqual(['audit deleted']);
  expect(await stores.audit.verify()).toMatchObject({ holds: true });
  await stores.close();
});
