import { link, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_SEED } from '../../src/app/open-sample.ts';
import { createSampleLake } from '../../src/playground/aws/sample-lake.ts';
import { sharedFolder } from './shared-folder.ts';

/** When the sample network was started for these tests: a Tuesday morning. */
export const STARTED = new Date('2026-11-24T09:30:20Z');

let filled: Promise<string> | undefined;

async function fill(): Promise<string> {
  const folder = await sharedFolder();
  await createSampleLake({ folder, now: () => STARTED, seed: SAMPLE_SEED }).prepare();
  return folder;
}

/**
 * A folder with the sample network as its first start leaves it, of the test's own; made once for all tests of a
 * process. Its files are links to the first ones, because the sample replaces files and never writes into one.
 */
export async function sampleFolder(): Promise<string> {
  filled ??= fill();
  // It goes away with the run: to remove some hundred files after each test takes longer than the test.
  const folder = await sharedFolder();
  await linkAll(await filled, folder);
  return folder;
}

async function linkAll(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (!entry.isDirectory()) return link(source, target);
      await mkdir(target);
      return linkAll(source, target);
    }),
  );
}
