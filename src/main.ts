import { randomUUID } from 'node:crypto';
import { ConfigError, readConfig } from './app/config.ts';
import { readFlowlogYml } from './app/settings/flowlog-yml.ts';
import { startApp } from './app/start-app.ts';
import { UserError } from './core/errors.ts';
import { SlackStartError } from './slack/connection/slack-connection.ts';

// AWS's SDK tells every person at a terminal that it will want a newer Node.js, which is a matter of our releases. It
// looks at this when a client is made, so that it is in time here, behind the imports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// Files hold questions and answers: other users of this machine must not read them.
process.umask(0o077);

const world = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  newId: () => randomUUID(),
  random: () => Math.random(),
};

/** Says what is wrong and what to do; the stack only of an error that nobody foresaw. */
function startFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof SlackStartError) return error.message;
  if (error instanceof UserError) return [error.message, error.hint ?? ''].join('\n').trim();
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  const systemZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const config = readConfig(process.env, readFlowlogYml());
  const app = await startApp({ ...config, zone: config.zone ?? systemZone }, world);
  // A supervisor starts the app again; going on after an unknown fault could answer wrongly.
  process.on('unhandledRejection', (error) => app.crash(error));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.stop());
  await app.serveTerminal(process.stdin, process.stdout, process.stderr);
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
}
