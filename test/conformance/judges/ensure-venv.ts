import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const REQUIREMENTS = resolve('test/conformance/requirements.txt');
const VENV = resolve('.conformance/venv');
/** The list from which the environment was made; written last, so that half an environment has none. */
const MADE_FROM = join(VENV, 'requirements.txt');

/** Makes Python's environment with the judges, unless there is one from the same list. @returns where its programs are. */
export async function ensureVenv(): Promise<string> {
  const programs = join(VENV, 'bin');
  const [wanted, made] = await Promise.all([
    readFile(REQUIREMENTS),
    readFile(MADE_FROM).catch(() => undefined),
  ]);
  if (made?.equals(wanted)) return programs;
  await rm(VENV, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', VENV]);
  // Compiling all of it beforehand would take a third of the time, and most of it is never loaded.
  const options = ['--quiet', '--no-input', '--disable-pip-version-check', '--no-compile'];
  await run(join(programs, 'pip'), ['install', ...options, '--requirement', REQUIREMENTS]);
  await cp(REQUIREMENTS, MADE_FROM);
  return programs;
}

/** Runs a program to its end, its output with ours. @throws Error when it fails. */
export async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${code}: the judges cannot be installed`);
}
