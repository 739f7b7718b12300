import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDirect } from '../../src/app/open-direct.ts';
import { createFetchEnd } from '../../src/aws/lake/fetch-end.ts';
import { BrokenFetchError } from '../../src/aws/lake/fetch-object.ts';
import { type Cloud, CloudError, type Site } from '../../src/core/lake/cloud.ts';
import type { Scan, ScannedObject } from '../../src/core/lake/scan.ts';
import { clearKept } from '../../src/duckdb/kept/kept-folder.ts';
import { createFolderLake } from '../../src/duckdb/lake/folder-lake.ts';
import { collected } from '../support/collected.ts';
import { flow, NOON } from '../support/flow.ts';
import { LONG_AFTER, openLocalLake, tempFolder } from '../support/open-local-lake.ts';
import { writeBytes, writeLake } from '../support/write-lake.ts';

const { signal } = new AbortController();
const FROM = { account: '123456789012', region: 'eu-central-1', bucket: 'logs' };
const PORTS = 'SELECT srcport, bytes FROM flow_records ORDER BY srcport';
const EVER = { fromSeconds: 0, toSeconds: NOON * 2 };

/** A bucket that a folder plays, with a file of one record in each of some slots. */
async function givenBucket({
  slots = 6,
  withKept = true,
  format = 'gz',
}: {
  readonly slots?: number;
  readonly withKept?: boolean;
  readonly format?: 'gz' | 'parquet';
} = {}) {
  const bucket = await tempFolder('bucket');
  for (let slot = 0; slot < slots; slot += 1)
    await writeLake(bucket, [flow(NOON + slot * 300, { srcport: slot + 1 })], { format });
  const fetchedFolder = join(await tempFolder('state'), 'fetched');
  const keptFolder = await tempFolder('kept');
  const spillFolder = await tempFolder('spill');
  const fetches: string[] = [];
  const ends: string[] = [];
  const fetchEnd = createFetchEnd(cloudOf(bucket, ends));
  let denies = false;
  let broken: string | undefined;
  const open = () =>
    openDirect(
      {
        fetchedFolder,
        spillFolder,
        kept: withKept ? { folder: keptFolder, mostBytes: 1e9 } : undefined,
        memoryLimitMb: 256,
        threads: 2,
        now: () => LONG_AFTER,
        elapsedMs: () => 0,
        newId: () => 'run-1',
      },
      {
        slots: () => NO_SLOTS,
        insights: () => NO_INSIGHTS,
        end: fetchEnd,
        object: async ({ key }, _from, file) => {
          fetches.push(key);
          if (key === broken) throw new BrokenFetchError('the connection broke');
          if (denies) throw cloudError('denied', 'AccessDenied');
          const { mtime } = await stat(join(bucket, key)).catch(() => {
            throw cloudError('not-found', 'NoSuchKey');
          });
          await mkdir(dirname(file), { recursive: true });
          await copyFile(join(bucket, key), file);
          await utimes(file, mtime, mtime);
          return 1;
        },
      },
    );
  const direct = await open();
  onTestFinished(() => direct.close());
  const objects = async () =>
    (await createFolderLake(bucket).during(EVER, signal)).map(
      (object): ScannedObject => ({ ...object, from: FROM }),
    );
  const ask = (read: readonly ScannedObject[], engine = direct.engine) =>
    collected(engine, { text: PORTS, bound: [], scan: scanOf(read) }, signal);
  return {
    ...direct,
    bucket,
    objects,
    ask,
    fetches,
    ends,
    open,
    breakAt: (key: string) => {
      broken = key;
    },
    keptFolder,
    kept: () => filesIn(keptFolder),
    loseKept: async () => {
      const files = (await filesIn(keptFolder)).filter((path) => path.endsWith('.parquet'));
      await Promise.all(files.map((path) => rm(path)));
    },
    deny: () => {
      denies = true;
    },
    left: async () => (await filesIn(fetchedFolder)).length,
  };
}

const NO_SLOTS = {
  read: () => Promise.reject(new RangeError('no log group is read here')),
  fetch: () => Promise.reject(new RangeError('no log group is read here')),
};
/** A cloud with the bucket, of which objects are read from a byte on; takes which were. */
function cloudOf(bucket: string, asked: string[]): Cloud {
  const body: Site['buckets']['body'] = async (_bucket, key, { fromByte: start }) => {
    asked.push(key);
    return createReadStream(join(bucket, key), { start });
  };
  const site = { account: FROM.account, region: FROM.region, buckets: { body } } as Site;
  return { sites: async () => [site] } as unknown as Cloud;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
}

const NO_INSIGHTS = {
  read: () => Promise.reject(new RangeError('no log group is read here')),
  ask: () => Promise.reject(new RangeError('no log group is read here')),
};

function cloudError(code: 'denied' | 'not-found', fault: string): CloudError {
  return new CloudError(code, { call: 's3:GetObject', fault, message: fault });
}

function scanOf(objects: readonly ScannedObject[]): Scan {
  const fields = ['srcport', 'bytes', 'log-status'];
  return {
    source: { name: 'fl-1', region: FROM.region, fields },
    tables: [{ name: 'flow_records', fields }],
    objects,
    unread: [],
    notes: [],
    storedRange: undefined,
    direct: { files: objects.length, bytes: 0 },
  };
}

describe('files of a bucket', () => {
  it.each(['gz', 'parquet'] as const)(
    'are fetched once as %s, have the rows that they have in a folder, are kept, and do not stay as they were fetched',
    async (format) => {
      const given = await givenBucket({ format });
      const { rows } = await (await openLocalLake(given.bucket)).rows(PORTS);
      const objects = await given.objects();
      const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
      expect(await given.toFetch(objects, 1e9)).toEqual({ files: 6, bytes });
      const first = await given.ask(objects);
      expect(first).toMatchObject({
        rows,
        filesRead: 6,
        scannedBytes: bytes,
        fetched: { files: 6, bytes, gets: 6 },
        unread: [],
      });
      expect(rows).toHaveLength(6);
      await expect.poll(given.left).toBe(0);
      expect(await given.toFetch(objects, 1e9)).toEqual({ files: 0, bytes: 0 });
      expect(await given.ask(objects)).toMatchObject({
        rows,
        filesRead: 6,
        scannedBytes: bytes,
        fetched: { files: 0 },
      });
      expect(given.fetches).toHaveLength(6);
    },
  );

  it.each(['gz', 'parquet'] as const)(
    'that are kept are read by the next process, which fetches only what came since, as %s',
    async (format) => {
      const given = await givenBucket({ format });
      await given.ask(await given.objects());
      await expect.poll(given.left).toBe(0);
      given.close();
      const next = await given.open();
      onTestFinished(() => next.close());
      await writeLake(given.bucket, [flow(NOON + 6 * 300, { srcport: 7 })], { format });
      const answer = await given.ask(await given.objects(), next.engine);
      expect(answer.rows).toHaveLength(7);
      expect(answer.fetched?.files).toBe(1);
    },
  );

  it('that are Parquet are kept for their user alone, count for what is kept, and are cleared with it', async () => {
    const given = await givenBucket({ format: 'parquet' });
    const objects = await given.objects();
    await given.ask(objects);
    await expect.poll(given.left).toBe(0);
    const kept = (await given.kept()).filter((path) => path.endsWith('.parquet'));
    expect(kept).toHaveLength(6);
    for (const path of await given.kept()) expect((await stat(path)).mode & 0o777).toBe(0o600);
    const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
    expect(await clearKept(given.keptFolder)).toEqual({
      files: 6,
      bytes: expect.toSatisfy((each) => each > bytes),
    });
  });

  it('with the records of some addresses alone are not fetched: all records would come in their place', async () => {
    const given = await givenBucket({ format: 'gz' });
    const [first, ...others] = await given.objects();
    if (first === undefined) throw new RangeError('the bucket is empty');
    const events = { logGroup: 'g', fields: [], addresses: ['10.0.1.5'] };
    const lost = { ...first, from: { ...FROM, bucket: '~g', events } };
    const { rows, unread } = await given.ask([lost, ...others]);
    expect(rows).toHaveLength(5);
    expect(unread).toMatchObject([{ key: first.key, reason: 'could not be fetched: ask again' }]);
  });

  it('are fetched for each question where nothing is kept, and do not stay', async () => {
    const given = await givenBucket({ withKept: false });
    const objects = await given.objects();
    for (const times of [1, 2]) {
      expect((await given.ask(objects)).rows).toHaveLength(6);
      await expect.poll(given.left).toBe(0);
      expect(given.fetches).toHaveLength(6 * times);
    }
  });

  it('are all there for each of many questions that come while files of others are kept and removed', async () => {
    const given = await givenBucket({ slots: 12 });
    const objects = await given.objects();
    const parts = Array.from({ length: 30 }, (_, nth) => objects.slice(nth % 9, (nth % 9) + 3));
    for (const part of parts) {
      const [answer, beside] = await Promise.all([given.ask(part), given.ask(objects)]);
      expect(answer).toMatchObject({ unread: [], filesRead: 3 });
      expect(beside.rows).toHaveLength(12);
    }
  });

  it('are fetched once more for a question that wants nothing of what is kept', async () => {
    const given = await givenBucket();
    const objects = await given.objects();
    const { rows } = await given.ask(objects);
    await expect.poll(given.left).toBe(0);
    const statement = { text: PORTS, bound: [], scan: { ...scanOf(objects), isOfOrigins: true } };
    const origins = await collected(given.engine, statement, signal);
    expect(origins).toMatchObject({ rows, unread: [], fetched: { files: 6 } });
  });

  it('are looked for up to where they are too many to be fetched, and count without a look from there', async () => {
    const given = await givenBucket({ slots: 400 });
    const objects = await given.objects();
    const { bytes = 0 } = objects[0] ?? {};
    expect((await given.toFetch(objects, bytes * 10)).files).toBe(400);
    await given.ask(objects.slice(300));
    await expect.poll(given.left, { timeout: 20_000 }).toBe(0);
    expect((await given.toFetch(objects, bytes * 10)).files).toBe(400);
    expect((await given.toFetch(objects, bytes * 1_000)).files).toBe(300);
  });

  it('of two buckets may have the same key: both are read, and the one that is gone is named alone', async () => {
    const given = await givenBucket({ slots: 1 });
    const [object] = await given.objects();
    if (object === undefined) throw new RangeError('there is no file');
    const other = { ...object, from: { ...FROM, bucket: 'others' } };
    expect((await given.ask([object, other])).rows).toHaveLength(2);
    await rm(join(given.bucket, object.key));
    await expect.poll(given.left).toBe(0);
    const gone = { ...other, from: { ...FROM, bucket: 'third' } };
    const answer = await given.ask([object, gone]);
    expect(answer.rows).toHaveLength(1);
    expect(answer.unread).toMatchObject([{ key: object.key, reason: 'is not there any more' }]);
  });

  it('whose connection breaks again and again are named, and the rest is answered', async () => {
    const given = await givenBucket();
    const objects = await given.objects();
    given.breakAt(objects[2]?.key ?? '');
    const { rows, unread } = await given.ask(objects);
    expect(rows).toHaveLength(5);
    expect(unread).toMatchObject([{ key: objects[2]?.key, reason: 'could not be fetched: ask again' }]);
  });

  it('that were kept and are lost from one moment to the next are named, with what to do', async () => {
    const given = await givenBucket();
    const objects = await given.objects();
    await given.ask(objects);
    await expect.poll(given.left).toBe(0);
    await given.loseKept();
    const { rows, unread } = await given.ask(objects);
    expect(rows.length + unread.length).toBe(6);
    for (const { reason } of unread) expect(reason).toBe('what was kept of it could not be read: ask again');
    expect((await given.ask(objects)).rows).toHaveLength(6);
  });

  it('that went away since they were listed are named under their keys, and so are those that cannot be read', async () => {
    const given = await givenBucket();
    const objects = await given.objects();
    const [gone, damaged] = objects;
    if (gone === undefined || damaged === undefined) throw new RangeError('there are no files');
    await rm(join(given.bucket, gone.key));
    await writeBytes(join(given.bucket, damaged.key), 'garbage');
    const { rows, unread } = await given.ask(objects);
    expect(rows).toHaveLength(4);
    expect(unread).toMatchObject([
      { key: gone.key, slot: gone.slot, reason: 'is not there any more' },
      { key: damaged.key, slot: damaged.slot, reason: 'is a damaged gzip file' },
    ]);
  });

  it('that may not be read end the question with what S3 said', async () => {
    const given = await givenBucket();
    given.deny();
    await expect(given.ask(await given.objects())).rejects.toMatchObject({
      code: 'denied',
      call: 's3:GetObject',
    });
  });
});

describe('the columns of Parquet files', () => {
  /** Two slots of so many records, whose bytes differ more than anything else of them. */
  async function givenLarge() {
    const given = await givenBucket({ slots: 0 });
    const records = Array.from({ length: 40_000 }, (_, nth) =>
      flow(NOON + (nth % 2) * 300, { bytes: (nth * 2_654_435_761) % 4_294_967_296 }),
    );
    await writeLake(given.bucket, records, { format: 'parquet' });
    return { ...given, objects: await given.objects() };
  }

  it('are where the footers of some files say, of which nothing else is fetched or stays', async () => {
    const { samplesOf, objects, ends, fetches, left } = await givenLarge();
    const samples = await samplesOf(objects, signal);
    expect(samples.map(({ bytes }) => bytes)).toEqual(objects.map(({ bytes }) => bytes));
    for (const { bytes, chunks } of samples) {
      const all = Object.values(chunks).flat();
      const sum = all.reduce((total, [, length]) => total + length, 0);
      expect(sum).toBeGreaterThan(bytes * 0.9);
      expect(sum).toBeLessThan(bytes);
      for (const [from, length] of all) expect(from + length).toBeLessThan(bytes);
      expect(chunks.bytes?.[0]?.[1]).toBeGreaterThan(bytes / 2);
    }
    expect(ends).toHaveLength(2);
    expect(fetches).toEqual([]);
    expect(await left()).toBe(0);
    expect(await samplesOf(objects, signal)).toEqual(samples);
    expect(ends).toHaveLength(2);
  });

  it('are those of kept files where they are kept', async () => {
    const { samplesOf, objects, ask, ends, left } = await givenLarge();
    await ask(objects);
    await expect.poll(left).toBe(0);
    expect(await samplesOf(objects, signal)).toHaveLength(2);
    expect(ends).toEqual([]);
  });

  it('are of a few files of many, and unknown where no footer can be read', async () => {
    const given = await givenBucket({ slots: 20, format: 'parquet' });
    const objects = await given.objects();
    expect(await given.samplesOf(objects, signal)).toHaveLength(6);
    expect(given.ends).toHaveLength(6);
    const damaged = objects.map((object) => ({ ...object, mark: 'other', bytes: object.bytes + 1 }));
    expect(await given.samplesOf(damaged, signal)).toEqual([]);
    const text = await givenBucket();
    expect(await text.samplesOf(await text.objects(), signal)).toEqual([]);
    expect(text.ends).toEqual([]);
  });
});
