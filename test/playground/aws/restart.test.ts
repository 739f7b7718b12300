import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contents, logFiles } from './read-back.ts';
import { FIRST_START, minutesLater, SEED, startAt, startedFolder } from './sample-folder.ts';

describe('a restart', () => {
  it('continues within two hours without writing anything twice', async () => {
    const folder = await startedFolder();
    const before = await contents(folder);
    await startAt(folder, minutesLater(90));
    const after = await contents(folder);
    expect(after.size).toBe(270);
    for (const [file, bytes] of before) expect(after.get(file)).toEqual(bytes);
  });

  it('writes again what is missing', async () => {
    const folder = await startedFolder();
    const before = await contents(folder);
    const lost = [...before.keys()][5] ?? '';
    await rm(path.join(folder, lost));
    await startAt(folder, FIRST_START);
    expect((await contents(folder)).get(lost)).toEqual(before.get(lost));
  });

  it.each([
    ['more than two hours later', 121, SEED],
    ['after the clock was set back', -30, SEED],
    ['with another seed', 1, SEED + 1],
  ])('begins anew %s', async (_, minutes, seed) => {
    const folder = await startedFolder();
    const before = new Set(await logFiles(folder));
    await startAt(folder, minutesLater(minutes), seed);
    const after = await logFiles(folder);
    expect(after).toHaveLength(180);
    expect(after.filter((file) => before.has(file))).toEqual([]);
  });

  it('begins anew when the anchor was damaged', async () => {
    const folder = await startedFolder();
    await writeFile(path.join(folder, '.sample-network.json'), '{"seed":');
    await startAt(folder, minutesLater(5));
    expect(await logFiles(folder)).toHaveLength(180);
  });

  it('clears only the files that the sample wrote', async () => {
    const folder = await startedFolder();
    const foreign = 'AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/03/05';
    const name = '123456789012_vpcflowlogs_us-east-1_fl-0aaaaaaaaaaaaaaaa_20260305T0110Z_00000000.log.gz';
    await mkdir(path.join(folder, foreign), { recursive: true });
    await writeFile(path.join(folder, foreign, name), 'mine');
    await startAt(folder, minutesLater(500));
    expect(await readFile(path.join(folder, foreign, name), 'utf8')).toBe('mine');
    expect(await logFiles(folder)).toHaveLength(181);
  });
});
