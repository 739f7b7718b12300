import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPlace } from '../../src/store/open-stores.ts';
import { fillStores, readStores } from '../contract/filled-stores.ts';
import { openUntilEnd, storePath } from '../store/temp-store.ts';
import { runCli } from '../support/run-cli.ts';

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

describe('flowlog audit', () => {
  it('verifies the chain, and exports it so that it can be verified without flowlog', async () => {
    const { path, run } = await given();
    const target = join(dirname(path), 'audit.csv');
    const verified = await run(['audit', 'verify']);
    expect([verified.code, verified.aside]).toEqual([0, '']);
    expect(verified.out).toMatch(
      /^The audit holds: it has 9 entries\. The last is number 9, of \d{4}-.*Z; its hash is [0-9a-f]{64}\.\n$/,
    );
    const { code, out } = await run(['audit', 'export']);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).kind)).toEqual([
      ...['question ended', 'spend approved', 'operation planned', 'operation confirmed', 'step done'],
      ...['operation planned', 'operation confirmed', 'step done', 'operation ended', 'audit exported'],
    ]);
    const python = spawnSync('python3', ['-c', verifierOfDocs()], { input: out, encoding: 'utf8' });
    expect([python.stdout, python.stderr]).toEqual(['holds\n', '']);
    const changed = spawnSync('python3', ['-c', verifierOfDocs()], {
      input: out.replace('"rows":"3"', '"rows":"4"'),
      encoding: 'utf8',
    });
    expect(changed.stdout).toBe('breaks at entry 1\n');
    const asCsv = await run(['audit', 'export', '--csv', '--to', target, '--since', '2026-11-01']);
    expect(asCsv.out).toMatch(/^\d entr(?:y|ies) of the audit are in `/);
    expect(readFileSync(target, 'utf8')).toMatch(
      /^number,at,kind,person,subject,line,facts,previous,hash\r\n10,2/,
    );
    const again = await run(['audit', 'export', '--to', target]);
    expect([again.code, again.aside]).toEqual([2, expect.stringContaining('is there already.')]);
  });

  it('says where the chain breaks, and exits with 2', async () => {
    const { path, run } = await given();
    const database = await openPlace({ path });
    await database.db.updateTable('audit').set({ person: 'U9' }).where('number', '=', 3).execute();
    await database.close();
    const { code, aside } = await run(['audit', 'verify']);
    expect(aside).toMatch(/^The audit breaks at entry 3: its content is not what its hash was computed from/);
    expect(code).toBe(2);
  });
});

/** The program that the documents give to auditors. */
function verifierOfDocs(): string {
  const [, program = ''] = /```python\n(.*?)```/s.exec(readFileSync('docs/audit.md', 'utf8')) ?? [];
  return program;
}

it('a damaged state file is said in two lines, and the process exits with 1', async () => {
  const folder = dirname(await storePath());
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'state.db'), 'no database');
  const { code, aside } = await runCli(['to 10.0.12.21'], { environment: { FLOWLOG_STATE: folder } });
  expect(aside).toMatch(/^`.*state\.db` is damaged: [^\n]*\nRestore a backup [^\n]*\n$/);
  expect(code).toBe(1);
});
