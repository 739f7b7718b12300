import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/conformance/**/*.test.ts'],
    globalSetup: ['test/conformance/judges/set-up.ts'],
    // One server of each kind for all: what a test makes there has a name of its own.
    maxWorkers: 2,
    // A whole walk makes some hundred calls, with the pauses that the app makes between them.
    testTimeout: 900_000,
    hookTimeout: 600_000,
  },
});
