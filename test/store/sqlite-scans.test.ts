import { expect, it, onTestFinished } from 'vitest';
import type { Scan } from '../../src/core/lake/scan.ts';
import { openDatabase } from '../../src/store/database.ts';
import { openSqliteScans } from '../../src/store/sqlite-scans.ts';
import { asked, finished } from '../contract/store-samples.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

const SLOT = { fromSeconds: 0, toSeconds: 300 };

function scanOf(key: string): Scan {
  return {
    source: { name: 'fl-1', region: 'us-east-1', fields: ['srcaddr'] },
    tables: [{ database: 'flowlog', name: 'fl_1', fields: ['srcaddr'], paths: [`s3://logs/${key}`] }],
    objects: [{ key, bytes: 9_007_199_254_740_991, slot: SLOT }],
    ...{ unread: [], notes: ['a note'], storedRange: SLOT, flowLogs: [{ name: 'fl-1', eni: undefined }] },
  };
}

function open(path: string) {
  const scans = openSqliteScans(path);
  onTestFinished(() => scans.close());
  return scans;
}

it('the kept scan of a question is the first one, after a restart too', async () => {
  const path = await storePath();
  const before = openSqliteScans(path);
  expect(await before.find('q1')).toBeUndefined();
  await before.keep('q1', scanOf("it's.log.gz"));
  await before.keep('q1', scanOf('later.log.gz'));
  before.close();
  const after = open(path);
  expect(await after.find('q1')).toEqual(scanOf("it's.log.gz"));
  expect(await after.find('q2')).toBeUndefined();
});

it('the scans of questions that have ended are deleted, for each of their windows', async () => {
  const path = await storePath();
  const [store, scans] = [openUntilEnd(path).store, open(path)];
  for (const id of ['q1', 'q2']) {
    await store.begin(asked(id));
    await scans.keep(id, scanOf(id));
    await scans.keep(`${id} before`, scanOf(id));
  }
  await store.finish('q1', finished(1));
  await scans.keep('q3', scanOf('q3'));
  expect(await scans.find('q1')).toBeUndefined();
  expect(await scans.find('q1 before')).toBeUndefined();
  expect(await scans.find('q2')).toEqual(scanOf('q2'));
  expect(await scans.find('q2 before')).toEqual(scanOf('q2'));
});

it('a scan that another version has kept is ignored', async () => {
  const path = await storePath();
  const scans = open(path);
  await scans.keep('q1', scanOf('old'));
  const database = openDatabase(path);
  database.exec('UPDATE scan SET version = 0');
  database.close();
  expect(await scans.find('q1')).toBeUndefined();
  await scans.keep('q1', scanOf('new'));
  expect(await scans.find('q1')).toEqual(scanOf('new'));
});
