import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The app as `npm start` starts it, from the last build, in a process and a state folder of its own. */
export interface RunningApp {
  readonly process: ChildProcess;
  readonly stateFolder: string;
  /** What it has printed so far. */
  printed(): string;
  isAlive(): boolean;
  /** Ends it, and removes its state folder where that was made for it. */
  stop(): Promise<void>;
  /** Kills it without a word: nothing that it has begun goes on, and its state folder stays. */
  kill(): Promise<void>;
}

/** Starts the app, on a state folder of an earlier one or on a new one, and waits until it prints what `ready` looks for. */
export async function startRunningApp(
  environment: Readonly<Record<string, string>>,
  ready: RegExp,
  earlierFolder?: string,
): Promise<RunningApp> {
  const stateFolder = earlierFolder ?? mkdtempSync(join(tmpdir(), 'flowlog-running-'));
  const app = spawn(process.execPath, ['dist/main.js'], {
    env: {
      PATH: process.env.PATH ?? '',
      FLOWLOG_STATE: stateFolder,
      FLOWLOG_PLAYGROUND_PORT: '0',
      ...environment,
    },
  });
  let printed = '';
  for (const stream of [app.stdout, app.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  const ended = new Promise<void>((resolve) => app.on('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const look = () => ready.test(printed) && resolve();
    app.stdout.on('data', look);
    app.stderr.on('data', look);
    void ended.then(() => reject(new Error(`the app ended: ${printed}`)));
  });
  return {
    process: app,
    stateFolder,
    printed: () => printed,
    isAlive: () => app.exitCode === null && app.signalCode === null,
    async stop() {
      app.kill('SIGTERM');
      await ended;
      if (earlierFolder === undefined) rmSync(stateFolder, { recursive: true, force: true });
    },
    async kill() {
      if (app.exitCode !== null) throw new Error(`the app ended by itself: ${printed}`);
      app.kill('SIGKILL');
      await ended;
    },
  };
}

/** Sends bytes as they are, which `fetch` would tidy up, and returns all that comes back. */
export function sendRaw(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  // The other side may hang up in the middle, which is an answer too.
  socket.on('error', () => {});
  socket.write(request);
  return text(socket).catch(() => '');
}
