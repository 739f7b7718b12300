import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStateFolder } from '../../src/app/state-folder.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);

function givenFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flowlog-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function write(path: string, mode: number): string {
  writeFileSync(path, 'x');
  chmodSync(path, mode);
  return path;
}

function makeFolder(path: string, mode: number): string {
  mkdirSync(path);
  chmodSync(path, mode);
  return path;
}

describe('the state folder', () => {
  it('is made for its owner alone', async () => {
    const folder = join(givenFolder(), 'a', 'state');
    expect(await openStateFolder(folder)).toEqual([]);
    expect(modeOf(folder)).toBe('700');
  });

  it('is closed to others with all that is in it, when it was made with wider modes', async () => {
    const folder = makeFolder(join(givenFolder(), 'state'), 0o777);
    const paths = [
      write(join(folder, 'state.db'), 0o666),
      write(join(folder, 'state.db-wal'), 0o644),
      write(join(folder, 'of-a-later-version'), 0o604),
      makeFolder(join(folder, 'csv'), 0o755),
      write(join(folder, 'csv', 'rows.csv'), 0o640),
    ];
    expect(await openStateFolder(folder)).toEqual([]);
    expect([folder, ...paths].map(modeOf)).toEqual(['700', '600', '600', '600', '700', '600']);
  });

  it('closes the folder of what is kept, and does not look at each of its many files', async () => {
    const folder = makeFolder(join(givenFolder(), 'state'), 0o755);
    const kept = makeFolder(join(folder, 'kept'), 0o755);
    const file = write(join(kept, 'one.parquet'), 0o644);
    expect(await openStateFolder(folder)).toEqual([]);
    expect([kept, file].map(modeOf)).toEqual(['700', '644']);
  });

  it('leaves what a link leads to as it is', async () => {
    const folder = givenFolder();
    const elsewhere = write(join(folder, 'elsewhere'), 0o644);
    const state = makeFolder(join(folder, 'state'), 0o755);
    symlinkSync(elsewhere, join(state, 'state.db'));
    await openStateFolder(state);
    expect(modeOf(elsewhere)).toBe('644');
  });

  it('is not closed where it is for everybody, but its own files are', async () => {
    const folder = makeFolder(join(givenFolder(), 'shared'), 0o755);
    chmodSync(folder, 0o1777);
    const own = write(join(folder, 'state.db'), 0o644);
    const other = write(join(folder, 'report.txt'), 0o644);
    await openStateFolder(folder);
    expect([folder, own, other].map(modeOf)).toEqual(['1777', '600', '644']);
  });

  it('is not closed where people work', async () => {
    const before = modeOf('.');
    const other = modeOf('package.json');
    await openStateFolder('.');
    expect([modeOf('.'), modeOf('package.json')]).toEqual([before, other]);
  });
});
