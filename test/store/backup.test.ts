import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { fillStores, readStores } from '../contract/filled-stores.ts';
import { asked } from '../contract/store-samples.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describe('a backup', () => {
  it('is a whole store of its own, as all was at that instant, which only its user can read', async () => {
    const stores = await openUntilEnd(await storePath());
    await fillStores(stores);
    const before = await readStores(stores);
    const target = await storePath();
    const written = stores.backup(target);
    await written;
    await stores.store.begin(asked('later'));
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(target))).toEqual(['flowlog.db']);
    expect(await readStores(await openUntilEnd(target))).toEqual(before);
  });

  it('replaces no file, and leaves nothing where it cannot be written', async () => {
    const stores = await openUntilEnd(await storePath());
    const target = await storePath();
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, 'mine');
    await expect(stores.backup(target)).rejects.toBeInstanceOf(UserError);
    await expect(stores.backup(target)).rejects.toThrow(`\`${target}\` is there already`);
    expect(statSync(target).size).toBe(4);
    await expect(stores.backup(join(target, 'under a file'))).rejects.toThrow(/cannot be written \(E\w+\)/);
    expect(readdirSync(dirname(target))).toEqual(['flowlog.db']);
  });

  it('can be made while another process writes', async () => {
    const path = await storePath();
    const [stores, other] = [await openUntilEnd(path), await openUntilEnd(path, 'other')];
    const target = await storePath();
    const ids = Array.from({ length: 50 }, (_, index) => `q${index}`);
    await Promise.all([...ids.map((id) => other.store.begin(asked(id))), stores.backup(target)]);
    expect((await other.store.inFlight()).length).toBe(50);
    await (await openUntilEnd(target)).store.begin(asked('of the backup'));
  });
});
