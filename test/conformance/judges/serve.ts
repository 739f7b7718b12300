import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../slack/free-port.ts';

/** How a judge is started, given a port of the loopback. */
export interface ServerPlan {
  readonly program: string;
  readonly args: (port: number) => readonly string[];
  readonly env: (port: number) => Readonly<Record<string, string>>;
  /** A path that is answered once the server is ready. */
  readonly readyPath: string;
  /** What its answer says once the server is ready, where an answer alone does not tell. */
  readonly isReady?: (answer: string) => boolean;
}

/** A judge that runs. */
export interface Server {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Twenty seconds of two cores, which others may use too. */
const READY_WITHIN_MS = 180_000;
const STOPPED_WITHIN_MS = 5_000;

/** Starts a judge and waits until it answers; what it keeps on disk goes when it stops. */
export async function serve({
  program,
  args,
  env,
  readyPath,
  isReady = () => true,
}: ServerPlan): Promise<Server> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-judge-'));
  const child = spawn(program, args(port), {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder, ...env(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4_000);
    });
  }
  const exited = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGTERM');
    const stopped = exited.then(() => true);
    if (!(await Promise.race([stopped, pause(STOPPED_WITHIN_MS, false)]))) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(endpoint + readyPath, isReady, () => child.exitCode);
    return { endpoint, stop };
  } catch (error) {
    await stop();
    throw new Error(`${program} does not serve: ${said}`, { cause: error });
  }
}

async function ready(
  url: string,
  isReady: (answer: string) => boolean,
  exitCode: () => number | null,
): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (exitCode() !== null) throw new Error(`it ended with ${exitCode()}`);
    const answered = await fetch(url).then(
      async (answer) => answer.ok && isReady(await answer.text()),
      () => false,
    );
    if (answered) return;
    await pause(100);
  }
  throw new Error(`it was not ready within ${READY_WITHIN_MS} ms`);
}
