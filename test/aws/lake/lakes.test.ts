import { expect, it } from 'vitest';
import { createLakes } from '../../../src/aws/lake/lakes.ts';
import { wholePrefix } from '../../../src/core/lake/whose-files.ts';
import { script } from '../../fakes/aws/answers.ts';
import { listBucket } from '../../fakes/aws/fake-bucket.ts';
import { aSource } from '../../support/a-source.ts';
import { flow, NOON } from '../../support/flow.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { writeLake } from '../../support/write-lake.ts';
import { givenAws, REGION, signal } from '../given-aws.ts';
import { listed } from './given-bucket.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const ACCOUNT = '123456789012';
const ROOT = `central/AWSLogs/${ACCOUNT}/vpcflowlogs/${REGION}/`;

/** A bucket in which an old and a new flow log deliver under one prefix. */
async function given() {
  const objects = new Map<string, number>();
  const [list, others] = [listBucket(objects, { pageSize: 1_000 }), script({})];
  const { aws, cloud } = await givenAws((call) => (call.action === '' ? list(call) : others(call)));
  const lakeOf = createLakes({ cloud, now: () => new Date(NOON * 1000) });
  const files = { kind: 's3', bucket: 'logs', prefix: 'central', files: LAYOUT } as const;
  const source = (id: string, created: string) =>
    aSource(id, { place: files, created, account: ACCOUNT, region: REGION });
  const folder = await tempFolder();
  const deliver = async (flowLog: string, ends: readonly number[]) => {
    const place = { account: ACCOUNT, region: REGION, prefix: 'central', flowLog };
    const written = ends.map((end) => flow(end));
    for (const key of await writeLake(folder, written, place)) objects.set(key, 1);
  };
  await deliver('fl-0a', [NOON - 200 * DAY, NOON - 100 * DAY, NOON - HOUR, NOON]);
  await deliver('fl-0b', [NOON - 2 * HOUR]);
  const [old, young] = [source('fl-0a', '2025-01-01T00:00:00Z'), source('fl-0b', '2026-03-05T09:00:00Z')];
  return { aws, lakeOf, old, young };
}

const LAYOUT = { format: 'text', hive: false, hourly: false } as const;

it('the lake of a flow log has its files only, and that of the prefix the files of all', async () => {
  const { lakeOf, old, young } = await given();
  const slotRange = { fromSeconds: NOON - DAY, toSeconds: NOON + HOUR };
  const idsIn = async (lake: ReturnType<typeof lakeOf>) =>
    (await lake.during(slotRange, signal)).map(({ key }) => /fl-\w+?(?=_)/.exec(key)?.[0]);
  expect(await idsIn(lakeOf(old))).toEqual(['fl-0a', 'fl-0a']);
  expect(await idsIn(lakeOf(young))).toEqual(['fl-0b']);
  expect(await idsIn(lakeOf(wholePrefix(young)))).toEqual(['fl-0a', 'fl-0a', 'fl-0b']);
});

it('the stored range of a flow log ends with its own newest file, whatever others deliver under the prefix', async () => {
  const { lakeOf, old, young } = await given();
  expect((await lakeOf(young).storedRange(signal))?.toSeconds).toBe(NOON - 2 * HOUR + 300);
  expect((await lakeOf(old).storedRange(signal))?.toSeconds).toBe(NOON + 300);
});

it('each folder is listed once for all callers, and none from before the flow log was created', async () => {
  const { aws, lakeOf, young } = await given();
  await lakeOf(young).storedRange(signal);
  const opened = ['', '2026/', '2026/03/', '2026/03/05/'].map((folder) => `${ROOT}${folder}`);
  expect(listed(aws).toSorted()).toEqual(opened);
  await lakeOf(wholePrefix(young)).during({ fromSeconds: NOON - HOUR, toSeconds: NOON }, signal);
  expect(listed(aws).toSorted()).toEqual(opened);
});
