import { configDefaults, defineConfig } from 'vitest/config';
import { LongFilesFirst } from './test/support/long-files-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They run against other people's judges, which have to be installed: `npm run conformance`.
    exclude: [...configDefaults.exclude, 'test/conformance/**', 'test/attacks/**'],
    // Most tests wait for sockets, files and child processes: four at once, also on two cores.
    maxWorkers: 4,
    // Loading the SDKs again for each file takes a third of the time; no file changes what another one loads.
    isolate: false,
    sequence: { sequencer: LongFilesFirst },
    globalSetup: ['test/support/shared-folder.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
