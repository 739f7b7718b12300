import { describe, expect, it } from 'vitest';
import { copyStores } from '../../src/store/copy-stores.ts';
import { fillStores, readStores } from '../contract/filled-stores.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describe('a copy of the stores', () => {
  it('holds all that the first place holds, in a file that was not there', async () => {
    const [from, to] = [await storePath(), await storePath()];
    const first = await openUntilEnd(from);
    await fillStores(first);
    const before = await readStores(first);
    await first.close();
    expect(await copyStores({ path: from }, { path: to })).toBe(17);
    expect(await readStores(await openUntilEnd(to))).toEqual(before);
    expect(await readStores(await openUntilEnd(from))).toEqual(before);
  });

  it('is not made into a place that holds something, which stays as it is', async () => {
    const [from, to] = [await storePath(), await storePath()];
    await fillStores(await openUntilEnd(from));
    const second = await openUntilEnd(to);
    const SITE = { account: '1', region: 'eu-west-1' };
    await second.names.note(SITE, [], new Date(0));
    await expect(copyStores({ path: from }, { path: to })).rejects.toThrow('is not empty');
    expect((await readStores(second)).inFlight).toEqual([]);
  });
});
