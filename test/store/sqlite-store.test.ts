import { describeStore } from '../contract/store.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describeStore('sqlite in a file', async () => {
  const path = await storePath();
  const before = openUntilEnd(path);
  return {
    store: before.store,
    alongside: (owner) => openUntilEnd(path, owner).store,
    async reopen() {
      await before.close();
      return openUntilEnd(path, 'restarted').store;
    },
  };
});

describeStore('sqlite in memory', async () => ({
  store: openUntilEnd(':memory:').store,
  alongside: undefined,
  reopen: undefined,
}));
