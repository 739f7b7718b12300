import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a run of the command line left behind. */
export interface CliRun {
  readonly code: number | null;
  readonly out: string;
  readonly aside: string;
}

/** How a run differs from a plain one. */
export interface CliOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Closes the output before anything is written, as `head` does when it has seen enough. */
  readonly deaf?: boolean;
}

/** Runs `flowlog` as it was built, in a process of its own, with nothing of this one's configuration. */
export async function runCli(
  args: readonly string[],
  { environment = {}, input = '', deaf = false }: CliOptions = {},
): Promise<CliRun> {
  const child = spawn(process.execPath, ['dist/cli.js', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, TZ: 'UTC', ...environment },
  });
  child.stdin.end(input);
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (deaf) child.stdout.destroy();
  const [out, aside, code] = await Promise.all([deaf ? '' : text(child.stdout), text(child.stderr), closed]);
  return { code, out, aside };
}
