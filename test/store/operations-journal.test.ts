import { expect, it } from 'vitest';
import { describeJournal } from '../contract/journal.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describeJournal('sqlite in a file', async () => {
  const path = await storePath();
  const before = await openUntilEnd(path);
  return {
    journal: before.journal,
    async reopen() {
      await before.close();
      return (await openUntilEnd(path)).journal;
    },
  };
});

describeJournal('sqlite in memory', async () => ({
  journal: (await openUntilEnd(':memory:')).journal,
  reopen: undefined,
}));

it('the journal is shared by several processes: an operation that one has claimed the other is refused', async () => {
  const path = await storePath();
  const [one, other] = [(await openUntilEnd(path)).journal, (await openUntilEnd(path)).journal];
  const plan = { headline: 'h', sections: [], steps: [], instead: [] };
  const plannedAt = new Date(0);
  await one.plan({ id: 'op-1', line: 'setup', person: 'U1', channel: 'C1', request: 'r0', plan, plannedAt });
  const claims = [one.claim('op-1', 'r1', 'U1', plannedAt), other.claim('op-1', 'r2', 'U2', plannedAt)];
  expect((await Promise.all(claims)).toSorted()).toEqual([false, true]);
});
