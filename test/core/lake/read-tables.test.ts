import { describe, expect, it } from 'vitest';
import { EngineError, UserError } from '../../../src/core/errors.ts';
import { type S3Source, UNLISTED_PLACE } from '../../../src/core/lake/log-source.ts';
import { createReadTables } from '../../../src/core/lake/read-tables.ts';
import type { Scan } from '../../../src/core/lake/scan.ts';
import { createSourceBook } from '../../../src/core/lake/source-book.ts';
import { tableFor } from '../../../src/core/lake/table-for.ts';
import { lakeOfSource } from '../../../src/playground/aws/cloud/read-folders.ts';
import { BUILT_IN, type GivenSample, givenSample, SUBNET } from '../../support/given-sample.ts';

const { signal } = new AbortController();
const HOUR = 3_600_000;

/** The sample with a flow log of the hour on a subnet, which has delivered for some time. */
async function givenSources(): Promise<{ given: GivenSample; builtIn: S3Source; ours: S3Source }> {
  const given = await givenSample();
  await given.done(`setup ${SUBNET} files=text`);
  await given.pass(100);
  const book = createSourceBook({ cloud: given.cloud, configured: [], now: given.now });
  const [builtIn, ours] = (await book.found(signal)).sources;
  if (builtIn === undefined || ours === undefined) throw new RangeError('there are no two sources');
  return { given, builtIn, ours };
}

/** What a window of the last minutes reads of some sources. */
function reading(
  { cloud, folder, now }: GivenSample,
  sources: readonly S3Source[],
  minutes = 10,
  to = now(),
): Promise<Scan> {
  const read = createReadTables({
    tables: cloud.tables,
    database: 'flowlog',
    workgroup: 'flowlog',
    lakeOf: (source) => lakeOfSource(folder, source),
    now,
  });
  const window = { from: new Date(to.getTime() - minutes * 60_000), to };
  return read({ sources, known: sources }, { window, scope: {}, addresses: [], eni: undefined }, signal);
}

/** A table of someone else, with hyphens in the names of its columns, as the header of a log has them. */
const THEIRS = {
  database: 'logs',
  name: 'vpc',
  columns: [
    { name: 'start', type: 'bigint' },
    { name: 'end', type: 'bigint' },
    { name: 'pkt-srcaddr', type: 'string' },
    { name: 'team', type: 'string' },
  ],
  partitionKeys: [],
  format: 'parquet',
  location: 's3://theirs/',
  properties: {},
} as const;

const LIMITED = { name: 'flowlog', resultLocation: 's3://results/', scanLimitBytes: 50_000_000_000 };

const failure = async (work: Promise<unknown>) => work.catch((caught: unknown) => caught);

describe('a source without a table', () => {
  it('says which line makes it', async () => {
    const { given, builtIn } = await givenSources();
    const error = await failure(reading(given, [builtIn]));
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({
      code: 'missing-table',
      message: `${BUILT_IN} has no table yet: \`table ${BUILT_IN}\` makes it`,
    });
  });

  it('that fits says what is different', async () => {
    const { given, builtIn } = await givenSources();
    const spec = tableFor(builtIn, { database: 'flowlog', mode: 'projected', since: given.now() });
    await given.cloud.tables.createTable({ ...spec, columns: spec.columns.slice(1) }, signal);
    expect(await failure(reading(given, [builtIn]))).toMatchObject({
      code: 'missing-table',
      message: `the table of ${BUILT_IN} does not fit its files (column 1 is account_id string, wanted is version int): \`table ${BUILT_IN}\` shows what to do`,
    });
  });
});

describe('a source with a table', () => {
  it('is read by the files of the window, which is what is paid for', async () => {
    const { given, builtIn, ours } = await givenSources();
    for (const { name } of [builtIn, ours]) await given.done(`table ${name}`);
    const day = await reading(given, [builtIn], 180);
    expect(day.objects.length).toBeGreaterThan(3);
    expect(day.objects.length).toBeLessThan(100);
    expect(day.tables[0]?.paths).toEqual(
      day.objects.map(({ key }) => expect.stringMatching(`^s3://.*/${key}$`)),
    );
    const hour = await reading(given, [ours], 5, new Date('2026-11-24T10:20:00Z'));
    const folders = new Set(hour.objects.map(({ key }) => key.slice(0, key.lastIndexOf('/')).slice(-13)));
    expect([...folders]).toEqual(['2026/11/24/10']);
    const slots = hour.objects.map(({ slot }) =>
      new Date((slot?.fromSeconds ?? 0) * 1000).toISOString().slice(11, 16),
    );
    expect([...new Set(slots)].toSorted()).toEqual(['10:15', '10:20', '10:25', '10:30']);
    expect(hour).toMatchObject({
      source: { name: `${ours.name} on ${SUBNET}`, region: 'us-east-1' },
      tables: [{ database: 'flowlog', name: ours.name.replace('-', '_'), partitioning: { grain: 'hour' } }],
      notes: [],
    });
  });

  it('without projection says which partitions a question needs and have files, and changes nothing', async () => {
    const { given, ours } = await givenSources();
    await given.done(`table ${ours.name} mode=partitions`);
    const needed = async (...how: [minutes: number, to?: Date]) =>
      (await reading(given, [ours], ...how)).partitions?.map(({ table, partitions }) => [
        table.name,
        ...partitions.map(({ values }) => values.at(-1)),
      ]);
    const table = ours.name.replace('-', '_');
    expect(await needed(5, new Date('2026-11-24T10:20:00Z'))).toEqual([[table, '2026/11/24/10']]);
    expect(await needed(90)).toEqual([[table, '2026/11/24/09', '2026/11/24/10', '2026/11/24/11']]);
    expect(await needed(60, new Date(given.now().getTime() - 48 * HOUR))).toEqual([]);
    expect((await given.state()).tables[0]?.partitions).toEqual([]);
  });

  it('with projection needs none', async () => {
    const { given, ours } = await givenSources();
    await given.done(`table ${ours.name}`);
    expect((await reading(given, [ours])).partitions).toEqual([]);
  });

  it('that flowlog did not make is read by the columns that the catalog says it has', async () => {
    const { given, builtIn } = await givenSources();
    const adopted = { database: 'logs', name: 'vpc' };
    const source = { ...builtIn, adopted };
    expect(await failure(reading(given, [source]))).toMatchObject({
      code: 'missing-table',
      message: expect.stringMatching(
        /^flowlog\.yml names the table logs\.vpc for fl-\w+, which is not there/,
      ),
    });
    await given.cloud.tables.createTable(THEIRS, signal);
    const scan = await reading(given, [source], 180);
    expect(scan.tables).toMatchObject([{ ...adopted, fields: ['start', 'end', 'pkt-srcaddr'] }]);
    expect(scan.objects.length).toBeGreaterThan(0);
    expect(scan.source.fields).toEqual(['start', 'end', 'pkt-srcaddr', 'log-status']);
    expect(scan.notes).toEqual([expect.stringMatching(/does not record log-status/)]);
  });

  it('of which the files cannot be listed is read as far as the workgroup lets it, and proves nothing', async () => {
    const { given, builtIn, ours } = await givenSources();
    await given.cloud.tables.createTable(THEIRS, signal);
    const lake = {
      ...{ ...builtIn, name: 'lake', place: UNLISTED_PLACE, flowLog: undefined, resource: undefined },
      adopted: { database: 'logs', name: 'vpc' },
    };
    const refused = await failure(reading(given, [lake]));
    expect(refused).toBeInstanceOf(UserError);
    expect(refused).toMatchObject({
      message:
        'How much a question about lake scans is not known before it has run, and the workgroup `flowlog` has no limit that would stop it.',
      hint: expect.stringContaining('BytesScannedCutoffPerQuery'),
    });
    await given.cloud.tables.createWorkgroup(LIMITED, signal);
    const scan = await reading(given, [lake]);
    expect(scan).toMatchObject({
      tables: [{ name: 'vpc', unlisted: { atMostBytes: 50_000_000_000 } }],
      objects: [],
      storedRange: undefined,
      remarks: [],
    });
    expect(scan.notes).toContain(
      'no list of the files of lake shows that all records of the window are there',
    );
    await given.done(`table ${ours.name}`);
    expect((await reading(given, [lake, ours])).remarks).toEqual([
      'what lake and another source both recorded is counted twice: `in=lake` reads it alone',
    ]);
  });
});

describe('several sources', () => {
  it('are read together: their common fields, and what not all of them record', async () => {
    const { given, builtIn, ours } = await givenSources();
    for (const { name } of [builtIn, ours]) await given.done(`table ${name}`);
    const scan = await reading(given, [builtIn, ours], 180);
    expect(scan.source.name).toBe(`${BUILT_IN} on ${builtIn.resource?.id} and ${ours.name} on ${SUBNET}`);
    expect(scan.tables).toHaveLength(2);
    const missing = builtIn.fields.filter((field) => !ours.fields.includes(field));
    expect(missing.length).toBeGreaterThan(0);
    expect(scan.fieldsInPart).toContain(missing[0]);
    for (const field of scan.source.fields) {
      expect(builtIn.fields).toContain(field);
      expect(ours.fields).toContain(field);
    }
  });

  it('are known as far as the slowest of them has delivered', async () => {
    const { given, builtIn, ours } = await givenSources();
    for (const { name } of [builtIn, ours]) await given.done(`table ${name}`);
    const storedRanges = await Promise.all(
      [builtIn, ours].map(async (each) => (await reading(given, [each])).storedRange),
    );
    const [slow, quick] = storedRanges.map((storedRange) => storedRange?.toSeconds ?? 0);
    expect(quick).toBeGreaterThan(slow ?? 0);
    expect((await reading(given, [builtIn, ours])).storedRange?.toSeconds).toBe(slow);
    const silent = { ...ours, place: { ...ours.place, prefix: 'nothing' } };
    await given.cloud.tables.createTable(
      tableFor(
        { ...silent, name: 'fl-silent' },
        { database: 'flowlog', mode: 'projected', since: given.now() },
      ),
      signal,
    );
    expect((await reading(given, [builtIn, { ...silent, name: 'fl-silent' }])).storedRange).toBeUndefined();
  });
});

it('a scan takes more files than a function call takes arguments', async () => {
  const { given, ours } = await givenSources();
  await given.done(`table ${ours.name} mode=partitions`);
  const slot = { fromSeconds: given.now().getTime() / 1000, toSeconds: given.now().getTime() / 1000 + 300 };
  const objects = Array.from({ length: 200_000 }, () => ({ key: 'a/b.log.gz', bytes: 1, slot }));
  const read = createReadTables({
    tables: given.cloud.tables,
    database: 'flowlog',
    lakeOf: () => ({ during: async () => objects, storedRange: async () => slot }),
    now: given.now,
  });
  const window = { from: new Date(given.now().getTime() - HOUR), to: given.now() };
  const scan = await read(
    { sources: [ours], known: [ours] },
    { window, scope: {}, addresses: [], eni: undefined },
    signal,
  );
  expect(scan.objects).toHaveLength(200_000);
});
