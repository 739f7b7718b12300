import { expect, it } from 'vitest';
import { watchStores } from '../../../src/app/observe/watch-stores.ts';
import { StoreError } from '../../../src/core/errors.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { asked, at } from '../../contract/store-samples.ts';

const FULL = new StoreError('full', 'The disk is full.', 'Make room.');

it('a watched store reports each call that fails, and passes the failure on', async () => {
  const stores = await openStores({ path: ':memory:' });
  const failed: string[] = [];
  const broken = {
    ...stores,
    store: {
      ...stores.store,
      spent: () => Promise.reject(FULL),
      recent: () => Promise.reject(new TypeError('no')),
    },
    scans: { ...stores.scans, sweep: () => Promise.reject(FULL) },
  };
  const watched = watchStores(broken, ({ code }) => void failed.push(code));
  await expect(watched.store.spent({})).rejects.toBe(FULL);
  await expect(watched.scans.sweep(at(0))).rejects.toBe(FULL);
  await expect(watched.store.recent(1)).rejects.toThrow(TypeError);
  expect(failed).toEqual(['full', 'full']);
});

it('a watched store does what it did', async () => {
  const { store, close } = watchStores(await openStores({ path: ':memory:' }), () => {});
  expect(await store.begin(asked('a'))).toBe('begun');
  expect(await store.find('a')).toEqual(asked('a'));
  await close();
});
