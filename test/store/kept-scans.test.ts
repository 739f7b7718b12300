import Database from 'libsql';
import { expect, it } from 'vitest';
import { describeScans, scanOf } from '../contract/scans.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describeScans('sqlite in a file', async () => {
  const path = await storePath();
  const stores = await openUntilEnd(path);
  return {
    stores,
    async reopen() {
      await stores.close();
      return openUntilEnd(path);
    },
  };
});

describeScans('sqlite in memory', async () => ({
  stores: await openUntilEnd(':memory:'),
  reopen: undefined,
}));

it('a scan that another version has kept is ignored', async () => {
  const path = await storePath();
  const { scans } = await openUntilEnd(path);
  await scans.keep('q1', scanOf('old'));
  const database = new Database(path);
  database.exec('UPDATE scan SET version = 0');
  database.close();
  expect(await scans.find('q1')).toBeUndefined();
  await scans.keep('q1', scanOf('new'));
  expect(await scans.find('q1')).toEqual(scanOf('new'));
});
