import { describeEndings } from '../contract/endings.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describeEndings('sqlite in a file', async () => {
  const path = await storePath();
  const before = await openUntilEnd(path);
  return {
    endings: before.endings,
    async reopen() {
      await before.close();
      return (await openUntilEnd(path)).endings;
    },
  };
});

describeEndings('sqlite in memory', async () => ({
  endings: (await openUntilEnd(':memory:')).endings,
  reopen: undefined,
}));
