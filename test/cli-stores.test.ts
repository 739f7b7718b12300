import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillStores, readStores } from './contract/filled-stores.ts';
import { openUntilEnd, storePath } from './store/temp-store.ts';
import { runCli } from './support/run-cli.ts';

/** A state folder with something in it, and a name for a file outside of it. */
async function given() {
  const [path, target] = [join(dirname(await storePath()), 'state.db'), await storePath()];
  const stores = await openUntilEnd(path);
  await fillStores(stores);
  const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    runCli(args, { environment: { FLOWLOG_STATE: dirname(path), ...environment } });
  return { path, target, stores, run };
}

describe('flowlog backup', () => {
  it('writes a copy that is a whole store, while another process has it open', async () => {
    const { stores, target, run } = await given();
    const { code, out, aside } = await run(['backup', target]);
    expect([code, aside]).toEqual([0, '']);
    expect(out).toMatch(/^`.*flowlog\.db` is a copy of all that survives a restart, \d+.* KB\.\n$/);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(await readStores(await openUntilEnd(target))).toEqual(await readStores(stores));
  });

  it('replaces no file', async () => {
    const { path, run } = await given();
    const { code, out, aside } = await run(['backup', path]);
    expect([code, out]).toEqual([2, '']);
    expect(aside).toBe(
      `\`${path}\` is there already.\nGive the name of a file that does not exist: a backup never replaces one.\n`,
    );
  });

  it('says where there is nothing to copy, and makes nothing', async () => {
    const folder = join(dirname(await storePath()), 'none');
    const { code, aside } = await runCli(['backup', 'x.db'], { environment: { FLOWLOG_STATE: folder } });
    expect(code).toBe(2);
    expect(aside).toContain(`There is no state file \`${join(folder, 'state.db')}\`.`);
    expect(existsSync(folder)).toBe(false);
  });

  it('names the tool of PostgreSQL where that is the store', async () => {
    const { run, target } = await given();
    const { code, aside } = await run(['backup', target], { DATABASE_URL: 'postgres://127.0.0.1:1/d' });
    expect(code).toBe(1);
    expect(aside).toMatch(/^The PostgreSQL server 127\.0\.0\.1:1 cannot be reached/);
  });
});

describe('flowlog move', () => {
  it('refuses a file that another process has open, before anything is written', async () => {
    const { run } = await given();
    const { code, aside } = await run(['move', '--to', 'postgres'], {
      DATABASE_URL: 'postgres://127.0.0.1:1/d',
    });
    expect(code).toBe(2);
    expect(aside).toBe(
      'Another process has the file open, so that what it writes would be missing.\n' +
        'Stop flowlog on all machines, and type this again.\n',
    );
  });

  it('needs a database', async () => {
    const { run } = await given();
    const { code, aside } = await run(['move', '--to=file']);
    expect(code).toBe(2);
    expect(aside).toMatch(/^`DATABASE_URL` is not set/);
  });
});

it('a damaged state file is said in two lines, and the process exits with 1', async () => {
  const folder = dirname(await storePath());
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'state.db'), 'no database');
  const { code, aside } = await runCli(['help'], { environment: { FLOWLOG_STATE: folder } });
  expect(aside).toMatch(/^`.*state\.db` is damaged: [^\n]*\nRestore a backup [^\n]*\n$/);
  expect(code).toBe(1);
});
