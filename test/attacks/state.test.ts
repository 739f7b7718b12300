import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openStores } from '../../src/store/open-stores.ts';
import { startRunningApp } from '../support/running-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'flowlog-modes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('other users cannot read the state folder, whatever its modes were before', async () => {
  const state = join(folder, 'state');
  mkdirSync(join(state, 'csv'), { recursive: true });
  await (await openStores({ path: join(state, 'state.db') })).close();
  writeFileSync(join(state, 'flowlog.log'), '');
  for (const path of [state, ...['csv', 'state.db', 'flowlog.log'].map((name) => join(state, name))])
    chmodSync(path, 0o777);
  const app = await startRunningApp({ FLOWLOG_STATE: state }, /token=/);
  app.process.stdin?.write('top-talkers last 1h\n');
  await expect.poll(app.printed, { timeout: 25_000 }).toContain('Go on with');
  const paths = readdirSync(state, { recursive: true, encoding: 'utf8' }).map((name) => join(state, name));
  expect(paths.length).toBeGreaterThan(20);
  const open = [state, ...paths].filter((path) => (statSync(path).mode & 0o077) !== 0);
  await app.stop();
  expect(open).toEqual([]);
}, 60_000);
