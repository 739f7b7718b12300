import { describeStore } from '../contract/store.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describeStore('sqlite in a file', async () => {
  const path = await storePath();
  return { store: openUntilEnd(path), reopen: () => openUntilEnd(path) };
});

describeStore('sqlite in memory', async () => ({ store: openUntilEnd(':memory:'), reopen: undefined }));
