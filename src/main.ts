import { randomUUID } from 'node:crypto';
import { ConfigError, readConfig } from './config.ts';
import { readFlowlogYml } from './flowlog-yml.ts';
import { startApp } from './start-app.ts';

const world = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  newId: () => randomUUID(),
};

try {
  const systemZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const config = readConfig(process.env, readFlowlogYml());
  const app = await startApp({ ...config, zone: config.zone ?? systemZone }, world);
  // A supervisor starts the app again; going on after an unknown fault could answer wrongly.
  process.on('unhandledRejection', (error) => app.crash(error));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.stop());
  await app.serveTerminal(process.stdin, process.stdout, process.stderr);
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
  process.exit(1);
}
