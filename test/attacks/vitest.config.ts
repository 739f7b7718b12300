import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/attacks/**/*.test.ts'],
    // Most start processes of the app, or wait for faults to pass: they wait more than they work.
    maxWorkers: 2,
    isolate: false,
    globalSetup: ['test/support/shared-folder.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
