import { describeStore } from '../contract/store.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describeStore('sqlite in a file', async () => {
  const path = await storePath();
  const before = await openUntilEnd(path);
  return {
    store: before.store,
    alongside: async (owner) => (await openUntilEnd(path, owner)).store,
    async reopen() {
      await before.close();
      return (await openUntilEnd(path, 'restarted')).store;
    },
  };
});

describeStore('sqlite in memory', async () => ({
  store: (await openUntilEnd(':memory:')).store,
  alongside: undefined,
  reopen: undefined,
}));
