import { onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { describeEndings } from '../contract/endings.ts';
import { storePath } from './temp-store.ts';

function openStore(path: string) {
  const store = openSqliteStore(path);
  onTestFinished(() => store.close().catch(() => undefined));
  return store;
}

describeEndings('sqlite in a file', async () => {
  const path = await storePath();
  const store = openStore(path);
  return {
    endings: store.endings,
    async reopen() {
      await store.close();
      return openStore(path).endings;
    },
  };
});

describeEndings('sqlite in memory', async () => ({
  endings: openStore(':memory:').endings,
  reopen: undefined,
}));
