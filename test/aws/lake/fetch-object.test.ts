import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BrokenFetchError, createFetchObject } from '../../../src/aws/lake/fetch-object.ts';
import { type Cloud, CloudError, type Site } from '../../../src/core/lake/cloud.ts';
import { markOf } from '../../../src/core/lake/lake.ts';
import { tempFolder } from '../../support/open-local-lake.ts';

const { signal } = new AbortController();
const CONTENT = Buffer.from('0123456789'.repeat(100));
const CHANGED_MS = Date.parse('2026-03-05T12:34:56.789Z');
const OBJECT = { key: 'AWSLogs/1/a.log.gz', bytes: CONTENT.length, mark: markOf(CONTENT.length, CHANGED_MS) };
const FROM = { account: '123456789012', region: 'eu-central-1', bucket: 'logs' };

type Range = Parameters<Site['buckets']['body']>[2];

/** Fetches the object from a bucket that answers with these, one after the other. */
async function fetched(...answers: readonly ((range: Range) => AsyncIterable<Uint8Array> | CloudError)[]) {
  return fetchedFrom((range, before) => answers[before]?.(range) ?? new Error('asked once more'));
}

/** Fetches the object from a bucket that answers so, also by how often it was asked before. */
async function fetchedFrom(
  answer: (range: Range, before: number) => AsyncIterable<Uint8Array> | Error,
  { object } = { object: OBJECT },
) {
  const folder = await tempFolder('fetched');
  const asked: Range[] = [];
  const body: Site['buckets']['body'] = async (_bucket, _key, range) => {
    asked.push(range);
    const given = answer(range, asked.length - 1);
    if (given instanceof Error) throw given;
    return given;
  };
  const site = { account: FROM.account, region: FROM.region, buckets: { body } } as Site;
  const cloud = { sites: async () => [site] } as unknown as Cloud;
  const file = join(folder, 'logs', object.key);
  const fetching = createFetchObject(cloud, () => 'part')(object, FROM, file, signal);
  const left = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
  return { fetching, file, asked, left };
}

async function* parts(
  { fromByte, toByte = CONTENT.length }: Range,
  { breaksAt = toByte, content = CONTENT } = {},
): AsyncGenerator<Uint8Array> {
  const end = Math.min(toByte, breaksAt);
  const step = Math.max(64, content.length / 100);
  for (let at = fromByte; at < end; at += step) yield content.subarray(at, Math.min(at + step, end));
  if (end < toByte) throw new Error('the connection was reset');
}

it('a fetched file has the bytes of its object, its time of change, and is for its owner alone', async () => {
  const { fetching, file } = await fetched((range) => parts(range));
  await fetching;
  expect(await readFile(file)).toEqual(CONTENT);
  const { size, mtimeMs, mode } = await stat(file);
  expect(markOf(size, mtimeMs)).toBe(OBJECT.mark);
  expect(mode & 0o777).toBe(0o600);
});

it('a connection that breaks is gone on with where it broke', async () => {
  const { fetching, file, asked } = await fetched(
    (range) => parts(range, { breaksAt: 320 }),
    (range) => parts(range, { breaksAt: 640 }),
    (range) => parts(range),
  );
  await fetching;
  expect(await readFile(file)).toEqual(CONTENT);
  expect(asked.map(({ fromByte }) => fromByte)).toEqual([0, 320, 640]);
});

it('a connection that breaks again and again ends the try, and nothing of it is left', async () => {
  const { fetching, asked, left } = await fetchedFrom((range) => parts(range, { breaksAt: 0 }));
  await expect(fetching).rejects.toThrow('the connection was reset');
  expect(asked).toHaveLength(4);
  expect(await left()).toEqual([]);
});

describe('a large object', () => {
  const large = Buffer.alloc(20_000_001);
  for (let at = 0; at < large.length - 4; at += 4) large.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at);
  const object = { key: 'AWSLogs/1/b.parquet', bytes: large.length, mark: markOf(large.length, CHANGED_MS) };
  const whole = (range: Range) => parts({ toByte: large.length, ...range }, { content: large });

  it('comes in parts, several at once, each of the object that was listed, and is whole', async () => {
    const { fetching, file, asked } = await fetchedFrom(whole, { object });
    await fetching;
    expect((await readFile(file)).equals(large)).toBe(true);
    const unchangedSince = new Date(CHANGED_MS);
    const [first, second, last] = [0, 8_388_608, 16_777_216];
    expect(asked).toEqual([
      { fromByte: first, toByte: second, unchangedSince },
      { fromByte: second, toByte: last, unchangedSince },
      // To its end, which shows that it has not grown.
      { fromByte: last, unchangedSince },
    ]);
  });

  it('goes on with each part where that one broke', async () => {
    const { fetching, file, asked } = await fetchedFrom(
      (range, before) =>
        before < 3
          ? parts(
              { toByte: large.length, ...range },
              { content: large, breaksAt: range.fromByte + 1_000_000 },
            )
          : whole(range),
      { object },
    );
    expect(await fetching).toBe(6);
    expect((await readFile(file)).equals(large)).toBe(true);
    expect(asked).toHaveLength(6);
  });

  it('is given up once one part cannot be fetched, and nothing of it is left', async () => {
    const denied = new CloudError('denied', { call: 's3:GetObject', fault: 'AccessDenied', message: 'no' });
    const { fetching, left } = await fetchedFrom((range, before) => (before === 1 ? denied : whole(range)), {
      object,
    });
    await expect(fetching).rejects.toBe(denied);
    expect(await left()).toEqual([]);
  });
});

it('an object that has changed since it was listed is refused at once', async () => {
  const facts = { call: 's3:GetObject', fault: 'PreconditionFailed', message: 'no' };
  const { fetching, asked } = await fetched(() => new CloudError('broken', facts));
  await expect(fetching).rejects.toThrow(
    new BrokenFetchError(`${OBJECT.key} has changed since it was listed`),
  );
  expect(asked).toHaveLength(1);
});

it('an object that is not what was listed is refused, and what S3 refuses is passed on at once', async () => {
  const longer = await fetched(async function* () {
    yield Buffer.concat([CONTENT, CONTENT]);
  });
  await expect(longer.fetching).rejects.toThrow('2000 bytes came of 1000 that were listed');
  const denied = new CloudError('denied', { call: 's3:GetObject', fault: 'AccessDenied', message: 'no' });
  const refused = await fetched(() => denied);
  await expect(refused.fetching).rejects.toBe(denied);
  expect(refused.asked).toHaveLength(1);
  expect([...(await longer.left()), ...(await refused.left())]).toEqual([]);
});
