import { cp } from 'node:fs/promises';
import { createSampleLake } from '../../src/playground/aws/sample-lake.ts';
import { tempFolder } from './open-local-lake.ts';
import { sharedFolder } from './shared-folder.ts';

/** When the sample network was started for these tests: a Tuesday morning. */
export const STARTED = new Date('2026-11-24T09:30:20Z');

let filled: Promise<string> | undefined;

async function fill(): Promise<string> {
  const folder = await sharedFolder();
  await createSampleLake({ folder, now: () => STARTED, seed: 7 }).prepare();
  return folder;
}

/** A folder with the sample network as its first start leaves it, of the test's own; made once for all tests of a process. */
export async function sampleFolder(): Promise<string> {
  filled ??= fill();
  const folder = await tempFolder('sample');
  await cp(await filled, folder, { recursive: true });
  return folder;
}
