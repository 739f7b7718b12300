import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ENI, SUBNET } from '../support/given-sample.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'flowlog-tags-'));
const CLOUD = join(folder, 'sample', '.sample-cloud.json');
const ID = 'fl-0bad0bad0bad0bad0';

/** A flow log that flowlog did not create, with the given tags. */
const TAGGED = {
  ...{
    id: ID,
    token: 'theirs',
    resourceId: SUBNET,
    trafficType: 'ALL',
    fields: ['version', 'srcaddr', 'dstaddr'],
  },
  destination: {
    kind: 's3',
    bucket: 'theirs',
    prefix: '',
    files: { format: 'text', hive: false, hourly: false },
  },
  ...{ maxIntervalSeconds: 60, createdAt: new Date().toISOString() },
  tags: { 'managed-by': 'flowlog', 'flowlog:delete-after': '2020-01-01T00:00:00.000Z' },
};

let app: RunningApp;
beforeAll(async () => {
  mkdirSync(join(folder, 'sample'), { recursive: true });
  const buckets = { theirs: { policy: null, expiryDays: null } };
  writeFileSync(
    CLOUD,
    JSON.stringify({ flowLogs: [TAGGED], buckets, databases: [], tables: [], workgroups: {} }),
  );
  app = await startRunningApp({ FLOWLOG_STATE: folder }, /token=/);
}, 60_000);
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => expect(app.isAlive()).toBe(true));

/** Types a line, and waits for what it brings. */
async function type(line: string, wanted: RegExp): Promise<string> {
  const before = app.printed().length;
  app.process.stdin?.write(`${line}\n`);
  await expect.poll(() => app.printed().slice(before), { timeout: 25_000 }).toMatch(wanted);
  return app.printed().slice(before);
}
const flowLogs = () => JSON.parse(readFileSync(CLOUD, 'utf8')).flowLogs.map(({ id }: { id: string }) => id);

describe('tags on a flow log that flowlog did not create', () => {
  it('are shown by status, and do not end it', async () => {
    await type(`status ${ID}`, /which is not written down here: it is deleted only by/);
    expect(flowLogs()).toEqual([ID]);
  }, 30_000);

  it('do not make teardown delete it without its id being typed', async () => {
    const said = await type(`teardown ${ID}`, /confirm op-\w+ fl-/);
    const plan = /confirm (op-\w+)/.exec(said)?.[1] ?? '';
    await type(`confirm ${plan}`, /type|Type/);
    expect(flowLogs()).toEqual([ID]);
  }, 60_000);

  it('are distinguished from what was set up here, for which a confirmation is enough', async () => {
    const planned = await type(`setup ${ENI} for=2h`, /confirm op-\w+/);
    await type(`confirm ${/confirm (op-\w+)/.exec(planned)?.[1]}`, /Done: Set up a flow log/);
    const own = flowLogs().find((id: string) => id !== ID);
    expect(await type(`teardown ${own}`, /confirm op-\w+/)).not.toContain('Only its tag says');
  }, 60_000);
});
