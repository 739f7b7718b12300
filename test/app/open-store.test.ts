import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isGone, openState, ownerOf } from '../../src/app/open-store.ts';
import { openStores } from '../../src/store/open-stores.ts';

const NOW = new Date('2026-11-22T11:00:00Z');
const ASKED = {
  id: 'q1',
  line: 'to 10.0.1.5 last 1h',
  person: 'ana',
  zone: 'UTC',
  place: 'here',
  channel: '',
  thread: '',
  askedAt: NOW,
};

/** The number of a process that has ended. */
function endedPid(): number {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  return pid;
}

describe('an owner of questions in flight', () => {
  it('is gone once its process has ended on this machine', () => {
    expect(isGone(ownerOf(process.pid, 'a'))).toBe(false);
    expect(isGone(ownerOf(endedPid(), 'b'))).toBe(true);
  });

  it('on another machine, or of an unknown form, is not known to be gone', () => {
    expect(isGone(`elsewhere ${endedPid()} c`)).toBe(false);
    expect(isGone('')).toBe(false);
  });
});

it('a process takes up the questions of a killed process at once, and leaves those of a running one', async () => {
  const stateFolder = await mkdtemp(join(tmpdir(), 'flowlog-owner-'));
  onTestFinished(() => rm(stateFolder, { recursive: true, force: true }));
  const path = join(stateFolder, 'state.db');
  const killed = await openStores({ path }, { owner: ownerOf(endedPid(), 'k') });
  const other = await openStores({ path }, { owner: ownerOf(process.ppid, 'o') });
  const own = await openState({ stateFolder, databaseUrl: undefined }, 'me', () => new Date());
  await killed.store.begin({ ...ASKED, id: 'of-the-killed' });
  await other.store.begin({ ...ASKED, id: 'of-the-other' });
  expect((await own.store.takeUp(NOW)).map(({ id }) => id)).toEqual(['of-the-killed']);
  await Promise.all([killed.close(), other.close(), own.close()]);
});
