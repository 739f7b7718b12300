import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/core/answer/answer.ts';
import { DEFAULT_FORMAT } from '../../src/core/flow-log/fields.ts';
import type { FileLayout } from '../../src/core/lake/flow-logs.ts';
import type { S3Source } from '../../src/core/lake/log-source.ts';
import { partitioningFor, tableNameFor } from '../../src/core/lake/table-for.ts';
import { A_SUBNET, aSource, LAYOUTS, type SourceChange } from '../support/a-source.ts';
import { afterNoon, flow, NOON, silence } from '../support/flow.ts';
import { type OneBucket, openOneBucket } from '../support/one-bucket.ts';
import { lineOf, writeLog } from '../support/write-lake.ts';

const NOW = afterNoon(3_600);
const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:30Z';
const [A, B, GONE] = ['fl-0a000001', 'fl-0b000001', 'fl-0c000001'] as const;
const OTHER_SUBNET = { ...A_SUBNET, id: 'subnet-2', subnetId: 'subnet-2' };

const DAILY: FileLayout = { format: 'text', hive: false, hourly: false };

/** A flow log on a subnet of its own, which delivers under a prefix. */
function onSubnet(id: string, prefix: string, layout = DAILY, change: SourceChange = {}): S3Source {
  return aSource(id, {
    resource: id === A ? A_SUBNET : OTHER_SUBNET,
    fields: DEFAULT_FORMAT,
    place: { kind: 's3', bucket: 'logs', prefix, files: layout },
    ...change,
  });
}

/** Traffic of every five minutes of an hour, by which two flow logs can be distinguished. */
function hourOf(host: string, bytes: number) {
  return Array.from({ length: 12 }, (_, slot) => [
    flow(NOON + slot * 300 + 100, { dstaddr: host, bytes: bytes + slot }),
    flow(NOON + slot * 300 + 200, { dstaddr: host, srcport: 40_000 + slot, action: 'REJECT', bytes: 40 }),
  ]).flat();
}

const OF_A = hourOf('10.0.1.5', 1_000);
// It has no file for the first twenty minutes, and AWS lost flows later.
const OF_B = [
  ...hourOf('10.0.2.6', 70_000).filter((_, index) => index >= 8),
  silence(NOON + 1_500, 'SKIPDATA'),
];

/** Delivers the records of two sources into a bucket, and makes the table of each. */
async function fill(bucket: OneBucket, sources: readonly S3Source[]): Promise<void> {
  for (const [index, source] of sources.entries()) {
    await bucket.deliver(source, index === 0 ? OF_A : OF_B);
    await bucket.makeTable(source);
  }
}

/** The two, where they share a prefix and where each has its own. */
async function given(layout = DAILY, change: SourceChange = {}) {
  const [one, apart] = [await openOneBucket(NOW), await openOneBucket(NOW)];
  const together = [onSubnet(A, 'central', layout), onSubnet(B, 'central', layout, change)];
  const alone = [onSubnet(A, 'a', layout), onSubnet(B, 'b', layout, change)];
  await fill(one, together);
  await fill(apart, alone);
  return { one, apart, together, alone };
}

/** What people read of an answer, but for what the scan cost. */
function shownOf({ rows, headline, coverage, followUps, truncated }: Answer) {
  const notes = coverage.notes.filter((note) => !note.includes('scanned and billed'));
  return { rows, headline, followUps, truncated, coverage: { ...coverage, notes } };
}

async function billed(bucket: OneBucket, line: string, known: readonly S3Source[]): Promise<number> {
  const before = bucket.athena.billedBytes();
  const { estimatedBytes, run } = await bucket.ask(line, known);
  const bytes = bucket.athena.billedBytes() - before;
  expect(run.scannedBytes).toBe(bytes);
  expect(estimatedBytes).toBe(bytes);
  return bytes;
}

const LINES = ['top-talkers', 'records 10.0.0.0/16', 'timeline', 'rejected', 'gaps'];
const SCOPES = [`in=${A}`, `in=${B}`, ''];

describe('two flow logs that share a prefix are answered as if each had its own', () => {
  it.each(LINES)('%s', async (line) => {
    const { one, apart, together, alone } = await given();
    for (const scope of SCOPES) {
      const asked = `${line} ${scope} ${WINDOW}`;
      expect(shownOf(await one.ask(asked, together))).toEqual(shownOf(await apart.ask(asked, alone)));
    }
  });

  it.each(LAYOUTS)('%o', async (layout) => {
    const { one, apart, together, alone } = await given(layout);
    for (const scope of SCOPES.slice(1)) {
      const asked = `timeline ${scope} ${WINDOW}`;
      expect(shownOf(await one.ask(asked, together))).toEqual(shownOf(await apart.ask(asked, alone)));
    }
  });
});

describe('what is scanned', () => {
  it.each([DAILY, { ...DAILY, hourly: true }])(
    'is estimated before: the files of those that are asked, %o',
    async (layout) => {
      const { one, apart, together, alone } = await given(layout);
      const line = `top-talkers ${WINDOW}`;
      for (const scope of SCOPES) {
        const asked = `top-talkers ${scope} ${WINDOW}`;
        expect(await billed(one, asked, together)).toBe(await billed(apart, asked, alone));
      }
      const ofA = await billed(one, `top-talkers in=${A} ${WINDOW}`, together);
      const ofB = await billed(one, `top-talkers in=${B} ${WINDOW}`, together);
      expect(await billed(one, line, together)).toBe(ofA + ofB);
      expect((await one.ask(`top-talkers in=${A} ${WINDOW}`, together)).coverage).toMatchObject({
        filesRead: 9,
        notes: [],
      });
    },
  );

  it('is the slots of the window, though a partition is a day', async () => {
    const { one, together } = await given();
    const hour = await billed(
      one,
      `top-talkers in=${A} since 2026-03-05T12:00Z until 2026-03-05T13:00Z`,
      together,
    );
    const minutes = await billed(
      one,
      `top-talkers in=${A} since 2026-03-05T12:00Z until 2026-03-05T12:05Z`,
      together,
    );
    expect(minutes).toBeGreaterThan(0);
    expect(minutes).toBeLessThan(hour / 2);
  });

  it('is nothing where only others have files', async () => {
    const bucket = await openOneBucket(NOW);
    const [a, b] = [onSubnet(A, 'central'), onSubnet(B, 'central')];
    await bucket.deliver(b, OF_B);
    await bucket.makeTable(a);
    const { run, estimatedBytes, headline } = await bucket.ask(`top-talkers in=${A} ${WINDOW}`, [a, b]);
    expect({ run: run.id, estimatedBytes }).toEqual({ run: '', estimatedBytes: 0 });
    expect(headline).toContain('there are no flow log files for this window');
    expect(bucket.athena.executions()).toEqual([]);
  });
});

describe('the statement', () => {
  const sqlOf = (bucket: OneBucket) => bucket.athena.executions().at(-1)?.sql ?? '';

  it('reads one table for both, and names the files that were listed', async () => {
    const { one, together } = await given();
    const { statement } = await one.ask(`top-talkers ${WINDOW}`, together);
    expect(sqlOf(one).match(/FROM "flowlog"/g)).toHaveLength(1);
    expect(statement.bound).toEqual(['ACCEPT']);
    const urls = statement.scan.objects.map(({ key }) => `s3://logs/${key}`).toSorted();
    expect(urls).toHaveLength(14);
    expect(sqlOf(one)).toContain(`("$path" IN (${urls.map((url) => `'${url}'`).join(', ')}))`);
  });

  it('writes a key with a quote so that it ends nothing', async () => {
    const bucket = await openOneBucket(NOW);
    const a = onSubnet(A, "it's-(central)");
    await bucket.deliver(a, OF_A);
    await bucket.makeTable(a);
    expect((await bucket.ask(`top-talkers ${WINDOW}`, [a])).coverage.matched).toBe(6);
    expect(sqlOf(bucket)).toContain("'s3://logs/it''s-(central)/AWSLogs/");
  });
});

describe('where Athena may show the paths of files otherwise than S3 does', () => {
  /** A prefix of which nothing promises that `$path` shows it as it is. */
  const ODD = 'zentral für+alle';
  const odd = (id: string) => onSubnet(id, ODD);

  async function givenOdd() {
    const [one, apart] = [await openOneBucket(NOW), await openOneBucket(NOW)];
    const [together, alone] = [
      [odd(A), odd(B)],
      [onSubnet(A, 'a'), onSubnet(B, 'b')],
    ];
    await fill(one, together);
    await fill(apart, alone);
    return { one, apart, together, alone };
  }

  it('files are known by how their names begin, and whole partitions are read and paid for', async () => {
    const { one, apart, together, alone } = await givenOdd();
    for (const scope of SCOPES) {
      const asked = `timeline ${scope} ${WINDOW}`;
      const [ofOne, ofApart] = [await one.ask(asked, together), await apart.ask(asked, alone)];
      expect(ofOne.rows).toEqual(ofApart.rows);
      expect(ofOne.coverage.matched).toBe(ofApart.coverage.matched);
    }
    const both = await billed(one, `top-talkers ${WINDOW}`, together);
    expect(await billed(one, `top-talkers in=${A} ${WINDOW}`, together)).toBe(both);
    const { coverage, statement } = await one.ask(`top-talkers in=${A} ${WINDOW}`, together);
    expect(statement.bound).toEqual([`/123456789012_vpcflowlogs_us-east-1_${A}_`, 'ACCEPT']);
    expect(coverage.filesRead).toBe(12);
    expect(coverage.notes).toEqual([
      expect.stringMatching(
        /^under the same prefix 8 files \(\d\.\d KB\) of other flow logs may be scanned and billed too: their records do not count$/,
      ),
    ]);
    expect((await one.ask(`top-talkers ${WINDOW}`, together)).coverage.notes).toEqual([]);
  });
});

describe('the old files of a flow log that is deleted', () => {
  it.each([[DAILY], [{ ...DAILY, hourly: true }]])('are not counted (%o)', async (layout) => {
    const [one, apart] = [await openOneBucket(NOW), await openOneBucket(NOW)];
    const a = onSubnet(A, 'central', layout);
    for (const bucket of [one, apart]) {
      await bucket.deliver(a, OF_A);
      await bucket.makeTable(a);
    }
    await one.deliver(onSubnet(GONE, 'central', layout), OF_B);
    for (const line of ['records 10.0.0.0/16', 'timeline'])
      expect(shownOf(await one.ask(`${line} ${WINDOW}`, [a]))).toEqual(
        shownOf(await apart.ask(`${line} ${WINDOW}`, [a])),
      );
    await billed(one, `top-talkers ${WINDOW}`, [a]);
  });

  it('delivered by the day are not scanned by a table of hours', async () => {
    const bucket = await openOneBucket(NOW);
    const a = onSubnet(A, 'central', { ...DAILY, hourly: true });
    await bucket.deliver(a, OF_A);
    await bucket.makeTable(a);
    await bucket.deliver(onSubnet(GONE, 'central'), OF_B);
    const { coverage } = await bucket.ask(`top-talkers ${WINDOW}`, [a]);
    expect(coverage.notes).toEqual([]);
    await billed(bucket, `top-talkers ${WINDOW}`, [a]);
  });
});

describe('two formats under one prefix', () => {
  const turned = { fields: [...DEFAULT_FORMAT.slice(0, 10).toReversed(), ...DEFAULT_FORMAT.slice(10)] };

  it.each(SCOPES)('are each read by their own table: "%s"', async (scope) => {
    const { one, apart, together, alone } = await given(DAILY, turned);
    for (const line of ['top-talkers', 'gaps']) {
      const asked = `${line} ${scope} ${WINDOW}`;
      expect(shownOf(await one.ask(asked, together))).toEqual(shownOf(await apart.ask(asked, alone)));
      await billed(one, asked, together);
    }
  });

  it('are paid for once when both are asked, each by its table', async () => {
    const { one, apart, together, alone } = await given(DAILY, turned);
    const line = `top-talkers ${WINDOW}`;
    expect(await billed(one, line, together)).toBe(await billed(apart, line, alone));
    expect((await one.ask(line, together)).coverage).toMatchObject({ filesRead: 14, notes: [] });
  });
});

describe('the table that reads several', () => {
  it('is the one that reaches back farthest', async () => {
    const bucket = await openOneBucket(NOW);
    const [a, b] = [onSubnet(A, 'central'), onSubnet(B, 'central')];
    await bucket.deliver(a, OF_A);
    await bucket.deliver(b, OF_B);
    await bucket.makeTable(b, 'projected', new Date('2026-03-05T00:00:00Z'));
    await bucket.makeTable(a, 'projected', new Date('2026-01-01T00:00:00Z'));
    const { statement } = await bucket.ask(`top-talkers ${WINDOW}`, [b, a]);
    expect(statement.scan.tables.map(({ name }) => name)).toEqual(['fl_0a000001']);
  });

  it('may be of one of them, unless it begins after the other one did', async () => {
    const bucket = await openOneBucket(NOW);
    const [a, b] = [
      onSubnet(A, 'central'),
      onSubnet(B, 'central', DAILY, { created: '2026-02-01T00:00:00Z' }),
    ];
    await bucket.deliver(a, OF_A);
    await bucket.deliver(b, OF_B);
    await bucket.makeTable(b, 'projected', new Date('2026-02-01T00:00:00Z'));
    await expect(bucket.ask(`top-talkers ${WINDOW}`, [a, b])).rejects.toThrow(
      `${A} has no table yet: \`table ${A}\` makes it`,
    );
    await bucket.tables.dropTable('flowlog', 'fl_0b000001', new AbortController().signal);
    await bucket.makeTable(a);
    expect((await bucket.ask(`top-talkers ${WINDOW}`, [a, b])).coverage.filesRead).toBe(14);
  });

  it('gets the partitions that both need', async () => {
    const bucket = await openOneBucket(NOW);
    const [a, b] = [onSubnet(A, 'central'), onSubnet(B, 'central')];
    await bucket.deliver(a, OF_A);
    await bucket.deliver(b, OF_B);
    await bucket.makeTable(a, 'explicit');
    const { coverage } = await bucket.ask(`top-talkers ${WINDOW}`, [a, b]);
    expect(coverage).toMatchObject({ filesRead: 14, matched: 8 });
  });
});

it('a configured table of another owner is asked in the same way under the id of a flow log', async () => {
  const { one, together } = await given();
  const adopted = together.map((source) => ({
    ...source,
    flowLog: undefined,
    adopted: {
      database: 'flowlog',
      name: tableNameFor(B),
      fields: source.fields,
      partitioning: partitioningFor(source, 'projected'),
    },
  }));
  /** It is unknown how the paths of a table that flowlog did not make are written: its partitions are read whole. */
  const reading = (answer: Answer) => {
    const { coverage, ...rest } = shownOf(answer);
    const { filesRead: _files, slotsRead: _slots, flowLogs, ...others } = coverage;
    // Nor is it known how long its records are: one slot more may hold some.
    const known = flowLogs.map(({ slots: _range, ...flowLog }) => flowLog);
    return { ...rest, coverage: { ...others, flowLogs: known } };
  };
  for (const scope of SCOPES)
    expect(reading(await one.ask(`timeline ${scope} ${WINDOW}`, adopted))).toEqual(
      reading(await one.ask(`timeline ${scope} ${WINDOW}`, together)),
    );
});

it('files without a flow log in their names are not read where several deliver, and the answer says so', async () => {
  const { one, together } = await given();
  const [a] = together;
  await writeLog(
    join(one.folder, 'central/AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/03/05/export.log.gz'),
    DEFAULT_FORMAT,
    OF_A.map((record) => lineOf(record)),
  );
  const answer = await one.ask(`top-talkers in=${a?.name} ${WINDOW}`, together);
  expect(answer.coverage).toMatchObject({ matched: 6 });
  expect(answer.coverage.notes[0]).toBe(
    'several flow logs deliver here, and files without a flow log in the name do not count: 1',
  );
});
