import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/aws/athena/result-file.ts';
import { EngineError } from '../../../src/core/errors.ts';
import { denied, THROTTLED } from '../../fakes/athena/faults.ts';
import { resultFile } from '../../fakes/athena/result-shape.ts';
import { flow, NOON } from '../../support/flow.ts';
import { aStatement, failureOf, run, unstopped } from './a-statement.ts';
import { openAthena } from './open-athena.ts';

const EIGHTY = [
  { records: Array.from({ length: 80 }, (_, srcport) => flow(NOON, { srcport, bytes: srcport })) },
];
const LONG =
  'SELECT a.srcport, b.bytes FROM flow_records AS a, flow_records AS b ORDER BY a.srcport, b.bytes';
const LONG_ROWS = Array.from({ length: 6_400 }, (_, row) => [String(Math.floor(row / 80)), String(row % 80)]);

function* breaksAfter(lines: readonly string[]): Generator<string> {
  for (const line of lines) yield `${line}\n`;
  throw new Error('ECONNRESET');
}

function* neverEnds(): Generator<string> {
  for (;;) yield '"1","2"\n'.repeat(1_000);
}

describe('a result', () => {
  it('comes without the names of its columns among the rows, whatever its length', async () => {
    const opened = await openAthena(EIGHTY);
    const { fake } = opened;
    for (const [length, pages] of [
      [0, 1],
      [1, 1],
      [999, 1],
      [1_000, 2],
      [1_999, 2],
      [2_000, 3],
    ] as const) {
      const before = fake.calls.GetQueryResults;
      const { columns, rows } = await run(opened, { text: `${LONG} LIMIT ${length}` });
      expect(columns).toEqual(['srcport', 'bytes']);
      expect(rows).toEqual(LONG_ROWS.slice(0, length));
      expect(fake.calls.GetQueryResults - before).toBe(pages);
    }
  });

  it('distinguishes an empty text from an absent one, and keeps every sign', async () => {
    const opened = await openAthena(EIGHTY);
    const text = `SELECT '' AS a, nullif(action, 'ACCEPT') AS b, '"x", ''y''' AS c FROM flow_records LIMIT 1`;
    expect((await run(opened, { text })).rows).toEqual([['', null, `"x", 'y'`]]);
  });

  it('comes from its file when it is long, with the same rows', async () => {
    const opened: string[] = [];
    const athena = await openAthena(EIGHTY, {
      openObject: async (bucket, key) => {
        opened.push(`${bucket}/${key}`);
        return athena.fake.openObject(bucket, key);
      },
    });
    const { rows, id } = await run(athena, { text: LONG });
    expect(rows).toEqual(LONG_ROWS);
    expect(opened).toEqual([`results/flowlog/${id}.csv`]);
    expect(athena.fake.calls.GetQueryResults).toBe(5);
  });

  it.each([
    ['may not be opened', () => Promise.reject(new Error('AccessDenied'))],
    ['breaks off', async () => Readable.from(['"srcport","bytes"\n"1","'])],
    [
      'breaks',
      async () =>
        new Readable({
          read() {
            this.destroy(new Error('ECONNRESET'));
          },
        }),
    ],
  ])('comes in pages when its file %s', async (_, openObject) => {
    const opened = await openAthena(EIGHTY, { openObject });
    expect((await run(opened, { text: LONG })).rows).toEqual(LONG_ROWS);
    expect(opened.fake.calls.GetQueryResults).toBe(7);
  });

  it('comes in parts, none longer than a page', async () => {
    const opened = await openAthena(EIGHTY, {
      openObject: (bucket, key) => opened.fake.openObject(bucket, key),
    });
    const sizes: number[] = [];
    await opened.engine.run(
      aStatement(opened, { text: LONG }),
      ({ rows }) => void sizes.push(rows.length),
      unstopped(),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(6_400);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
  });

  it('goes on in pages where its file broke off after some rows, and has none of them twice', async () => {
    const opened = await openAthena(EIGHTY, {
      async openObject(bucket, key) {
        const lines = String(await text(await opened.fake.openObject(bucket, key))).split('\n');
        return Readable.from(breaksAfter(lines.slice(0, 6_200)));
      },
    });
    expect((await run(opened, { text: LONG })).rows).toEqual(LONG_ROWS);
    expect(opened.fake.calls.GetQueryResults).toBe(7);
  });

  it('closes its file when the taker throws', async () => {
    const files: Readable[] = [];
    const opened = await openAthena(EIGHTY, {
      async openObject() {
        const file = Readable.from(neverEnds());
        files.push(file);
        return file;
      },
    });
    const refusing = () => {
      if (files.length > 0) throw new EngineError('broken', 'the engine returned other columns');
    };
    await failureOf(opened.engine.run(aStatement(opened, { text: LONG }), refusing, unstopped()));
    await expect.poll(() => files.map(({ destroyed }) => destroyed)).toEqual([true]);
  });

  it('is charged also when the taker throws', async () => {
    const opened = await openAthena(EIGHTY);
    const refusing = () => {
      throw new EngineError('broken', 'the engine returned other columns');
    };
    const failure = await failureOf(opened.engine.run(aStatement(opened), refusing, unstopped()));
    expect(failure.message).toBe('the engine returned other columns');
    expect(failure.billed?.scannedBytes).toBe(opened.fake.billedBytes());
  });

  it('comes through throttled, broken and slow pages', async () => {
    const opened = await openAthena(EIGHTY);
    opened.fake.fail('GetQueryResults', THROTTLED, 3);
    opened.fake.fail('GetQueryResults', 'reset', 2);
    opened.fake.fail('GetQueryResults', { slowMs: 50 });
    expect((await run(opened, { text: LONG })).rows).toEqual(LONG_ROWS);
  });

  it('is charged also when its rows may not be read', async () => {
    const opened = await openAthena(EIGHTY);
    opened.fake.fail('GetQueryResults', denied('s3:GetObject', 'arn:aws:s3:::results/flowlog/x.csv'));
    const failure = await failureOf(run(opened));
    expect(failure.message).toBe('the role lacks s3:GetObject on arn:aws:s3:::results/flowlog/x.csv');
    const [execution] = opened.fake.executions();
    expect(failure.billed).toEqual({ runId: execution?.id, scannedBytes: opened.fake.billedBytes() });
  });
});

describe('a file of results', () => {
  it('reads back what Athena writes', async () => {
    const rows = [['', null, 'a"b', 'c,d', 'e\nf', 'g\r\nh', "'", '\\', '-', ' ']];
    const columns = Array.from({ length: 10 }, (_, index) => `c${index}`);
    const file = resultFile({ run: { columns, rows } });
    const read: unknown[] = [];
    for await (const row of readCsv(Readable.from([file]))) read.push(row);
    expect(read).toEqual(rows);
  });
});
