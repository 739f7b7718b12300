import { describe, expect, it, onTestFinished } from 'vitest';
import { startRunningApp } from '../../support/running-app.ts';
import { givenPostgres, hasPostgres } from './given-postgres.ts';

/** What a supervisor waits for before it kills. */
const MOST_MS = 25_000;

describe.runIf(hasPostgres())('an app that is asked to stop', () => {
  const server = givenPostgres();

  it.each([
    ['is gone', () => server().kill(), () => server().restart()],
    [
      'does not answer',
      async () => void process.kill(server().pid, 'SIGSTOP'),
      async () => void process.kill(server().pid, 'SIGCONT'),
    ],
  ])('ends in time with its usual exit code while its server of PostgreSQL %s', async (_, lose, giveBack) => {
    const app = await startRunningApp({ DATABASE_URL: await server().newDatabase() }, /Slack look-alike/);
    onTestFinished(async () => {
      if (app.isAlive()) await app.kill();
    });
    await lose();
    const startedMs = Date.now();
    app.process.kill('SIGTERM');
    const code = await new Promise((resolve) => app.process.once('exit', resolve));
    const afterMs = Date.now() - startedMs;
    await giveBack();
    expect([code, afterMs < MOST_MS]).toEqual([0, true]);
  });
});
