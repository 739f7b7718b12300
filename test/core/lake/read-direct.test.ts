import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import type { ReadScan } from '../../../src/core/lake/cloud-sources.ts';
import type { CloudSource } from '../../../src/core/lake/log-source.ts';
import type { ParquetColumns } from '../../../src/core/lake/parquet-reads.ts';
import { createReadDirect, onlyThroughTables } from '../../../src/core/lake/read-direct.ts';
import type { Scan, ScannedObject } from '../../../src/core/lake/scan.ts';
import { createSourceBook } from '../../../src/core/lake/source-book.ts';
import type { ScanTarget } from '../../../src/core/lake/sources.ts';
import { lakeOfSource } from '../../../src/playground/aws/cloud/read-folders.ts';
import { type GivenSample, givenSample, SUBNET } from '../../support/given-sample.ts';
import { groupSource } from '../../support/group-source.ts';

const { signal } = new AbortController();

/** Two flow logs: that of the sample, and one on a subnet, of the format that is said. */
async function givenSources(files = 'text') {
  const given = await givenSample();
  await given.done(`setup ${SUBNET} files=${files}`);
  await given.pass(100);
  const book = createSourceBook({ cloud: given.cloud, configured: [], now: given.now });
  const sources = (await book.found(signal)).sources;
  return { given, sources };
}

const OF_TABLES: Scan = {
  source: { name: 'tables', region: 'eu-central-1', fields: [] },
  tables: [],
  objects: [],
  unread: [],
  notes: [],
  storedRange: undefined,
};

/** What two hours read, where so many bytes may be fetched, and none of the files is kept but those named. */
async function reading(
  { folder, now }: GivenSample,
  sources: readonly CloudSource[],
  {
    mostBytes = 1_000_000,
    mostOfferedBytes = 0,
    parquetSamples = [],
    engine,
    kept = [],
    isOfOrigins = false,
  }: {
    readonly mostBytes?: number;
    readonly mostOfferedBytes?: number;
    readonly parquetSamples?: readonly ParquetColumns[];
    readonly engine?: ScanTarget['engine'];
    readonly kept?: readonly string[];
    readonly isOfOrigins?: boolean;
  } = {},
): Promise<ReadScan> {
  const read = createReadDirect({
    lakeOf: (source) => lakeOfSource(folder, source),
    throughTables: async () => OF_TABLES,
    toFetch: async (objects: readonly ScannedObject[]) => {
      const missing = objects.filter(({ key }) => !kept.includes(key));
      return { files: missing.length, bytes: missing.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
    readEvents: async () => ({
      objects: [{ key: 'AWSLogs/slot', bytes: 100, slot: undefined }],
      fetched: { calls: 1, events: 2, bytes: 100 },
      isWhole: true,
      storedRange: undefined,
    }),
    readAddresses: async (_source, missing) => ({
      files: [],
      missing,
      plan: undefined,
      storedRange: undefined,
    }),
    samplesOf: async () => parquetSamples,
    mostBytes,
    mostOfferedBytes,
    tableName: 'flow_records',
  });
  const to = now();
  const window = { from: new Date(to.getTime() - 7_200_000), to };
  return read(
    { sources, known: sources },
    { window, scope: {}, addresses: [], eni: undefined, engine, isOfOrigins },
    signal,
  );
}

describe('flow logs in buckets', () => {
  it('are read directly where few bytes are to be fetched: all files of the window, with where they are', async () => {
    const { given, sources } = await givenSources();
    const scan = await reading(given, sources);
    expect(scan.tables).toEqual([{ name: 'flow_records', fields: scan.source.fields }]);
    expect(scan.partitions).toBeUndefined();
    const buckets = new Set(scan.objects.map(({ from }) => from?.bucket));
    expect(buckets).toEqual(new Set(sources.map(({ place }) => place.bucket)));
    const bytes = scan.objects.reduce((sum, object) => sum + object.bytes, 0);
    expect(scan.direct).toEqual({ files: scan.objects.length, bytes });
    expect(scan.objects.length).toBeGreaterThan(3);
  });

  it('are read through tables where more is to be fetched, of which what is kept is no part', async () => {
    const { given, sources } = await givenSources();
    const { objects, direct } = await reading(given, sources);
    const all = direct?.bytes ?? 0;
    expect(await reading(given, sources, { mostBytes: all - 1 })).toMatchObject(OF_TABLES);
    expect(await reading(given, sources, { mostBytes: all })).toMatchObject({ direct });
    const [first] = objects;
    const kept = [first?.key ?? ''];
    const without = { files: objects.length - 1, bytes: all - (first?.bytes ?? 0) };
    expect(await reading(given, sources, { mostBytes: all - 1, kept })).toMatchObject({ direct: without });
  });

  it('that Athena reads say what fetching them would be, where as much can be kept', async () => {
    const { given, sources } = await givenSources();
    const { direct } = await reading(given, sources);
    const all = direct?.bytes ?? 0;
    const offered = { mostBytes: all - 1, mostOfferedBytes: all };
    expect(await reading(given, sources, offered)).toMatchObject({ ...OF_TABLES, fetchable: direct });
    const unoffered = await reading(given, sources, { ...offered, mostOfferedBytes: all - 1 });
    expect(unoffered).toMatchObject(OF_TABLES);
    expect(unoffered).not.toHaveProperty('fetchable');
  });

  it('of which nothing kept is wanted are all fetched, and all of them count', async () => {
    const { given, sources } = await givenSources();
    const { objects, direct } = await reading(given, sources);
    const kept = objects.map(({ key }) => key);
    expect(await reading(given, sources, { kept })).toMatchObject({ direct: { files: 0, bytes: 0 } });
    expect(await reading(given, sources, { kept, isOfOrigins: true })).toMatchObject({ direct });
    const mostBytes = (direct?.bytes ?? 0) - 1;
    expect(await reading(given, sources, { kept, isOfOrigins: true, mostBytes })).toMatchObject(OF_TABLES);
  });

  it('are read as the question says it', async () => {
    const { given, sources } = await givenSources();
    expect(await reading(given, sources, { engine: 'athena' })).toMatchObject(OF_TABLES);
    expect((await reading(given, sources, { engine: 'direct', mostBytes: 1 })).direct?.bytes).toBeGreaterThan(
      1,
    );
  });

  it('of which one delivers Parquet are read directly too', async () => {
    const { given, sources } = await givenSources('parquet');
    const { direct, objects } = await reading(given, sources, { mostBytes: 1e9 });
    expect(sources.map(({ place }) => place.files.format)).toContain('parquet');
    expect(direct?.files).toBe(objects.length);
  });

  it('of which one delivers Parquet say where its columns are, where Athena reads them', async () => {
    const { given, sources } = await givenSources('parquet');
    const parquetSamples = [{ bytes: 100, chunks: {} }];
    expect(await reading(given, sources, { engine: 'athena', parquetSamples })).toMatchObject({
      ...OF_TABLES,
      parquetSamples,
    });
    expect(await reading(given, sources, { mostBytes: 1, parquetSamples })).toMatchObject({
      ...OF_TABLES,
      parquetSamples,
    });
  });

  it('of which one has a table of others are read through tables, and a question that wants otherwise is refused', async () => {
    const { given, sources } = await givenSources();
    const [first, ...others] = sources;
    if (first === undefined) throw new RangeError('there is no source');
    const adopted = [
      { ...first, adopted: { database: 'others', name: 'others', fields: first.fields } },
      ...others,
    ];
    expect(await reading(given, adopted)).toMatchObject(OF_TABLES);
    const refused = reading(given, adopted, { engine: 'direct' });
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(
      /`engine=direct` cannot be done: fl-\w+ has a table that flowlog did/,
    );
  });
});

describe('a question about flow logs in buckets and in log groups', () => {
  const group = groupSource();

  it('reads both where the files are fetched', async () => {
    const { given, sources } = await givenSources();
    const scan = await reading(given, [...sources, group]);
    expect(scan.direct?.events).toEqual({ calls: 1, events: 2, bytes: 100 });
    expect(scan.objects.at(-1)?.from?.events?.logGroup).toBe('/flowlog/vpc');
  });

  it('leaves those in log groups where Athena reads the others, and says which', async () => {
    const { given, sources } = await givenSources();
    const scan = await reading(given, [...sources, group], { engine: 'athena' });
    expect(scan).toMatchObject({ ...OF_TABLES, notRead: [group] });
    expect(await reading(given, [...sources, group], { mostBytes: 1 })).toMatchObject({ notRead: [group] });
  });

  it('is not for Logs Insights, which reads no bucket', async () => {
    const { given, sources } = await givenSources();
    await expect(reading(given, [...sources, group], { engine: 'insights' })).rejects.toThrow(
      /^`engine=insights` cannot be done: fl-\w+ delivers to S3, which Logs Insights does not read\.$/,
    );
  });

  it('is refused where all are in log groups and Athena is to read them', async () => {
    const given = await givenSample();
    await expect(reading(given, [group], { engine: 'athena' })).rejects.toThrow(
      'Athena cannot read fl-0123456789abcdef0, which delivers to CloudWatch Logs.',
    );
  });
});

it('where nothing is fetched a question that wants it is refused before anything is read', async () => {
  const read = onlyThroughTables(async () => OF_TABLES);
  const to = new Date('2026-03-05T12:00:00Z');
  const wanted = { window: { from: to, to }, scope: {}, addresses: [], eni: undefined };
  expect(await read({ sources: [], known: [] }, wanted, signal)).toMatchObject(OF_TABLES);
  await expect(read({ sources: [], known: [] }, { ...wanted, engine: 'direct' }, signal)).rejects.toThrow(
    '`engine=direct` cannot be done: `FLOWLOG_DIRECT_MB` is 0.',
  );
  await expect(read({ sources: [], known: [] }, { ...wanted, engine: 'insights' }, signal)).rejects.toThrow(
    '`engine=insights` cannot be done: `FLOWLOG_DIRECT_MB` is 0.',
  );
});
