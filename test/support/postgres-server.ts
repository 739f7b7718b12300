import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../slack/free-port.ts';

/** Where Debian puts each version; elsewhere the programs are on the path. */
const DEBIAN = '/usr/lib/postgresql';
const READY_WITHIN_MS = 60_000;

const USER = 'flowlog';
/** It must not be seen in any message. */
export const PASSWORD = 'hunter2-s3cret';

/** A server that runs on this machine for the tests alone. */
export interface PostgresServer {
  /** Makes an empty database; returns its address with user and password. */
  newDatabase(): Promise<string>;
  /** Runs statements as the superuser, in the server's own database or in another one. */
  run(sql: string, url?: string): Promise<void>;
  /** The number of the main process. */
  readonly pid: number;
  /** Stops the server at once, as a crash does, with what it keeps. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port with the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Where the programs of the newest server on this machine are; undefined where there is none. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
  const installed = versions.map((version) => join(DEBIAN, version, 'bin'));
  const onPath = (process.env.PATH ?? '').split(':');
  return [...installed, ...onPath].find((folder) => existsSync(join(folder, 'initdb')));
}

/**
 * Starts a server on a free port of the loopback, in a temporary folder. Its disk may lose what was written when the
 * machine, not only the server, fails: that makes tests fast.
 */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'flowlog-postgres-'));
  const data = join(folder, 'data');
  const identity = otherUser();
  if (identity !== undefined) chownSync(folder, identity.uid, identity.gid);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, PASSWORD, { mode: 0o644 });
  const options = ['--no-sync', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8'];
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', USER, `--pwfile=${passwordFile}`, ...options],
    { ...identity, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const address = (database: string) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;

  async function start() {
    const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`];
    const fast = ['fsync=off', 'full_page_writes=off', 'max_connections=200'];
    const child = spawn(
      join(programs, 'postgres'),
      ['-D', data, ...[...settings, ...fast].flatMap((setting) => ['-c', setting])],
      { ...identity, cwd: folder, stdio: 'ignore' },
    );
    const exited = once(child, 'exit');
    await ready(address('postgres'), () => child.exitCode);
    return { child, exited };
  }

  async function run(sql: string, url = address('postgres')): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    // A server that is stopped meanwhile: the statement fails by itself.
    client.on('error', () => {});
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  let running = await start();
  let databases = 0;
  const end = async (signal: NodeJS.Signals) => {
    running.child.kill(signal);
    await running.exited;
  };
  return {
    get pid() {
      return running.child.pid ?? 0;
    },
    run,
    async newDatabase() {
      databases += 1;
      await run(`CREATE DATABASE d${databases} TEMPLATE template0`);
      return address(`d${databases}`);
    },
    // Without waiting for those who are connected: SIGQUIT is PostgreSQL's immediate shutdown.
    kill: () => end('SIGQUIT'),
    async restart() {
      running = await start();
    },
    async stop() {
      if (running.child.exitCode === null) await end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server refuses to run as root: it runs as the user that Debian makes for it, or as one without rights. */
function otherUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody'])
    try {
      const [uid, gid] = ['-u', '-g'].map((part) =>
        Number(execFileSync('id', [part, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
      );
      if (uid !== undefined && gid !== undefined) return { uid, gid };
    } catch {
      // There is no user of that name.
    }
  throw new Error('there is no user `postgres` or `nobody` to run the server as');
}

async function ready(url: string, exitCode: () => number | null): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (exitCode() !== null) throw new Error(`the server ended with ${exitCode()}`);
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    const answered = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => {});
    if (answered) return;
    await pause(50);
  }
  throw new Error(`the server was not ready within ${READY_WITHIN_MS} ms`);
}
