import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openLog } from '../../src/app/log.ts';

// Put together here, so that no scanner takes the tests for a leak.
const SECRETS = [
  ['xoxb', '1234-5678-abcDEF'].join('-'),
  ['xoxe.xoxb', '1-Mi0yLTEyMzQ'].join('-'),
  ['xapp', '1-A0-1-abcdef'].join('-'),
  ['https://hooks.slack.com', 'commands/T1/2/abc'].join('/'),
  ['AKIA', 'ABCDEFGHIJKLMNOP'].join(''),
] as const;

it('each line of the log is JSON, also where a secret was taken out of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'deep', 'flowlog.log');
  const log = openLog({ level: 'info', file });
  for (const secret of SECRETS) log.info({ secret, next: { kept: 'here' } }, `said ${secret}`);
  log.debug('not at this level');
  log.error({ err: new Error(SECRETS[0]) }, 'failed');
  const lines = await vi.waitFor(async () => {
    const written = (await readFile(file, 'utf8')).trim().split('\n');
    expect(written).toHaveLength(SECRETS.length + 1);
    return written;
  });
  for (const line of lines.slice(0, -1))
    expect(JSON.parse(line)).toMatchObject({ level: 30, next: { kept: 'here' } });
  for (const secret of SECRETS) expect(lines.join()).not.toContain(secret);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 50, msg: 'failed' });
});
