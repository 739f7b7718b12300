import { describeNameHistory } from '../contract/name-history.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describeNameHistory('sqlite in a file', async () => {
  const path = await storePath();
  const before = await openUntilEnd(path);
  return {
    names: before.names,
    async reopen() {
      await before.close();
      return (await openUntilEnd(path)).names;
    },
  };
});

describeNameHistory('sqlite in memory', async () => ({
  names: (await openUntilEnd(':memory:')).names,
  reopen: undefined,
}));
