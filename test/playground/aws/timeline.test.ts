import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTimeline, writeTimeline } from '../../../src/playground/aws/timeline.ts';
import { emptyFolder } from './sample-folder.ts';

const TIMELINE = { seed: 3, anchorMinute: Date.parse('2026-03-05T01:17:00Z') / 60_000 };

describe('the anchor file', () => {
  it('reads what was written, and leaves nothing else', async () => {
    const folder = await emptyFolder();
    await writeTimeline(folder, TIMELINE);
    expect(await readTimeline(folder)).toEqual(TIMELINE);
    expect(await readdir(folder)).toEqual(['.sample-network.json']);
  });

  it('is absent from a folder that is empty or not there', async () => {
    const folder = await emptyFolder();
    expect(await readTimeline(folder)).toBeUndefined();
    expect(await readTimeline(path.join(folder, 'nowhere'))).toBeUndefined();
  });

  it.each([
    '',
    'null',
    '[]',
    '{"seed":7}',
    '{"seed":"7","anchor":"2026-03-05T01:17:00Z"}',
    '{"seed":7,"anchor":"soon"}',
    '{"seed":7,"anchor":"2026-03-05T01:17:30Z"}',
  ])('is as good as absent when it says %j', async (text) => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, '.sample-network.json'), text);
    expect(await readTimeline(folder)).toBeUndefined();
  });
});
