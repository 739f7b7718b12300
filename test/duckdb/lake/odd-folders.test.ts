import { execFile } from 'node:child_process';
import { chmod, mkdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { afterNoon, flow, NOON } from '../../support/flow.ts';
import { openLocalLake, tempFolder } from '../../support/open-local-lake.ts';
import { writeBytes, writeLake } from '../../support/write-lake.ts';

const COUNT = 'SELECT count(*) FROM flow_records';

/** Reads the quarter of an hour after noon. */
async function quarter(folder: string) {
  return (await openLocalLake(folder)).scan(afterNoon(0), afterNoon(900));
}

describe('a folder that is no lake', () => {
  it('is an empty scan when there is nothing in it', async () => {
    const scan = await quarter(await tempFolder());
    expect(scan).toMatchObject({ objects: [], unread: [], notes: [], storedRange: undefined });
  });

  it('is named when it is not there, with what to configure', async () => {
    const folder = join(await tempFolder(), 'nowhere');
    const failure = quarter(folder);
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toMatchObject({ message: `The lake \`${folder}\` is not there.` });
    await expect(failure).rejects.toMatchObject({ hint: expect.stringContaining('FLOWLOG_LAKE') });
  });

  it('is named when it is a file', async () => {
    const file = join(await tempFolder(), 'lake.log');
    await writeBytes(file, 'text');
    await expect(quarter(file)).rejects.toMatchObject({ message: `The lake \`${file}\` is not a folder.` });
  });
});

describe.skipIf(skippedAsRoot())('folders without permission', () => {
  it('are named when the lake itself may not be opened', async () => {
    const folder = await tempFolder();
    await chmod(folder, 0o000);
    await expect(quarter(folder)).rejects.toMatchObject({
      message: expect.stringContaining('cannot be read'),
    });
    await chmod(folder, 0o700);
  });

  it('are named in the answer when only a part of the lake may not be opened', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [flow(NOON)], { account: '111111111111' });
    await writeLake(folder, [flow(NOON)], { account: '222222222222' });
    await chmod(join(folder, 'AWSLogs/222222222222'), 0o000);
    const { objects, unread } = await quarter(folder);
    await chmod(join(folder, 'AWSLogs/222222222222'), 0o700);
    expect(objects).toHaveLength(1);
    expect(unread).toEqual([
      { key: 'AWSLogs/222222222222', slot: undefined, reason: 'is a folder that may not be opened' },
    ]);
  });
});

function skippedAsRoot(): boolean {
  const root = process.getuid?.() === 0;
  if (root) console.warn('skipped: folders without permission, which root may open all the same');
  return root;
}

describe('links in a lake', () => {
  it('are not followed out of it, because the engine is locked down, and are named in the answer', async () => {
    const [folder, outside] = [await tempFolder(), await tempFolder('outside')];
    const [key = ''] = await writeLake(outside, [flow(NOON), flow(NOON + 1)]);
    await symlink(join(outside, 'AWSLogs'), join(folder, 'AWSLogs'));
    await symlink(join(outside, key), join(folder, 'linked.log.gz'));
    await symlink('nowhere', join(folder, 'to-nowhere.log'));
    await symlink('loop.log', join(folder, 'loop.log'));
    const { unread } = await quarter(folder);
    const reason = 'is a link out of the folder, which is not followed';
    expect(unread.map((object) => object.key)).toEqual([
      'AWSLogs',
      'linked.log.gz',
      'loop.log',
      'to-nowhere.log',
    ]);
    expect(new Set(unread.map((object) => object.reason))).toEqual(new Set([reason]));
  });

  it('do not make the same files count twice, nor lead in circles', async () => {
    const folder = await tempFolder();
    const [key = ''] = await writeLake(folder, [flow(NOON)]);
    await symlink(folder, join(folder, 'self'));
    await symlink('..', join(folder, 'AWSLogs/up'));
    await symlink(join(folder, 'AWSLogs'), join(folder, 'again'));
    await symlink(join(folder, key), join(folder, 'again.log.gz'));
    expect((await quarter(folder)).objects.map((object) => object.key)).toEqual([key]);
  });

  it('may lead to the lake itself', async () => {
    const [folder, other] = [await tempFolder(), await tempFolder('other')];
    await writeLake(folder, [flow(NOON)]);
    await symlink(folder, join(other, 'lake'));
    expect((await (await openLocalLake(join(other, 'lake'))).rows(COUNT)).rows).toEqual([[1n]]);
  });
});

describe('what else may lie in a lake', () => {
  it('is passed over when its name begins with a dot', async () => {
    const folder = await tempFolder();
    await writeBytes(join(folder, '.DS_Store'), 'x');
    await writeBytes(join(folder, '.tmp/half.log.gz'), 'x');
    expect(await quarter(folder)).toMatchObject({ objects: [], unread: [] });
  });

  it('is named when it is a pipe, which would never end', async () => {
    const folder = await tempFolder();
    await promisify(execFile)('mkfifo', [join(folder, 'pipe.log')]);
    expect((await quarter(folder)).unread).toMatchObject([{ key: 'pipe.log', reason: 'is not a file' }]);
  });

  it('is read whatever its folder is called', async () => {
    const parent = await tempFolder();
    const folder = join(parent, `it's [a] "lake" * ? {x} 100% é`);
    await mkdir(folder);
    const [key = ''] = await writeLake(folder, [flow(NOON)], { prefix: 'b [1]*' });
    await rename(join(folder, key), join(folder, `${key.replace('.log.gz', '')}'s [copy]*.log.gz`));
    const lake = await openLocalLake(folder);
    expect((await lake.rows(COUNT)).rows).toEqual([[1n]]);
  });
});
