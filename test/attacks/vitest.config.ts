import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/attacks/**/*.test.ts'],
    // Each starts processes of the app, which wait for each other more than they work.
    maxWorkers: 2,
    isolate: false,
    globalSetup: ['test/support/shared-folder.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
