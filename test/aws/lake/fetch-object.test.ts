import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFetchObject } from '../../../src/aws/lake/fetch-object.ts';
import { type Cloud, CloudError, type Site } from '../../../src/core/lake/cloud.ts';
import { markOf } from '../../../src/core/lake/lake.ts';
import { tempFolder } from '../../support/open-local-lake.ts';

const { signal } = new AbortController();
const CONTENT = Buffer.from('0123456789'.repeat(100));
const CHANGED_MS = Date.parse('2026-03-05T12:34:56.789Z');
const OBJECT = { key: 'AWSLogs/1/a.log.gz', bytes: CONTENT.length, mark: markOf(CONTENT.length, CHANGED_MS) };
const FROM = { account: '123456789012', region: 'eu-central-1', bucket: 'logs' };

type Body = Site['buckets']['body'];

/** Fetches the object from a bucket that answers with these, one after the other. */
async function fetched(...bodies: readonly ((fromByte: number) => AsyncIterable<Uint8Array> | CloudError)[]) {
  const folder = await tempFolder('fetched');
  const asked: number[] = [];
  const body: Body = async (_bucket, _key, fromByte) => {
    asked.push(fromByte);
    const answer = bodies[asked.length - 1]?.(fromByte) ?? new Error('asked once more');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const site = { account: FROM.account, region: FROM.region, buckets: { body } } as Site;
  const cloud = { sites: async () => [site] } as unknown as Cloud;
  const file = join(folder, 'logs', OBJECT.key);
  const fetching = createFetchObject(cloud, () => 'part')(OBJECT, FROM, file, signal);
  const left = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
  return { fetching, file, asked, left };
}

async function* parts(from: number, to = CONTENT.length, breaks = false): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += 64) yield CONTENT.subarray(at, Math.min(at + 64, to));
  if (breaks) throw new Error('the connection was reset');
}

it('a fetched file has the bytes of its object, its time of change, and is for its owner alone', async () => {
  const { fetching, file } = await fetched((from) => parts(from));
  await fetching;
  expect(await readFile(file)).toEqual(CONTENT);
  const { size, mtimeMs, mode } = await stat(file);
  expect(markOf(size, mtimeMs)).toBe(OBJECT.mark);
  expect(mode & 0o777).toBe(0o600);
});

it('a connection that breaks is gone on with where it broke', async () => {
  const { fetching, file, asked } = await fetched(
    (from) => parts(from, 320, true),
    (from) => parts(from, 640),
    (from) => parts(from),
  );
  await fetching;
  expect(await readFile(file)).toEqual(CONTENT);
  expect(asked).toEqual([0, 320, 640]);
});

it('a connection that breaks again and again ends the try, and nothing of it is left', async () => {
  const always = (from: number) => parts(from, from, true);
  const { fetching, asked, left } = await fetched(always, always, always, always, always);
  await expect(fetching).rejects.toThrow('the connection was reset');
  expect(asked).toHaveLength(4);
  expect(await left()).toEqual([]);
});

it('an object that is not what was listed is refused, and what S3 refuses is passed on at once', async () => {
  const longer = await fetched(async function* () {
    yield Buffer.concat([CONTENT, CONTENT]);
  });
  await expect(longer.fetching).rejects.toThrow('the object has 2000 bytes, and was listed with 1000');
  const denied = new CloudError('denied', { call: 's3:GetObject', fault: 'AccessDenied', message: 'no' });
  const refused = await fetched(() => denied);
  await expect(refused.fetching).rejects.toBe(denied);
  expect(refused.asked).toEqual([0]);
  expect([...(await longer.left()), ...(await refused.left())]).toEqual([]);
});
