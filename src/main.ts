import { constants } from 'node:os';
import { ConfigError, readConfig, readFlowlogYml } from './app/config.ts';
import { beginState } from './app/lasting-stores.ts';
import type { App } from './app/start-app.ts';
import { prepareProcess, systemZone, THIS_WORLD } from './app/this-process.ts';
import { StoreError, UserError } from './core/errors.ts';
import { SlackStartError } from './slack/slack-start-error.ts';

prepareProcess();

/** Says what is wrong and what to do; the stack only of an unexpected error. */
function startFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof SlackStartError) return error.message;
  if (error instanceof UserError || error instanceof StoreError)
    return [error.message, error.hint ?? ''].join('\n').trim();
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Ctrl-C reaches the app from the terminal, and once more from `npm start`: so close together they are one. */
const ONE_SIGNAL_MS = 500;

/** Stops the app when the process is asked to end. Who asks again does not want to wait: it ends at once, as if killed. */
function stopOnSignals(app: App): void {
  const { elapsedMs } = THIS_WORLD;
  let askedMs: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (askedMs === undefined) {
        askedMs = elapsedMs();
        void app.stop();
      } else if (elapsedMs() - askedMs > ONE_SIGNAL_MS) process.exit(128 + constants.signals[signal]);
    });
}

try {
  const config = readConfig(process.env, readFlowlogYml());
  const { opening } = await beginState(config, THIS_WORLD);
  const { startApp } = await import('./app/start-app.ts');
  const zone = config.zone ?? systemZone();
  const app = await startApp({ ...config, zone }, THIS_WORLD, undefined, opening);
  // A supervisor starts the app again; going on after an unknown fault could answer wrongly.
  process.on('unhandledRejection', (error) => app.crash(error));
  stopOnSignals(app);
  await app.serveTerminal(process.stdin, process.stdout, process.stderr);
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
}
