import { parse } from 'lossless-json';
import { expect, it } from 'vitest';
import { textColumn } from '../../src/core/query/columns.ts';
import { answerCsv, csvName } from '../../src/render/answer-csv.ts';
import { answerJson, failureJson } from '../../src/render/answer-json.ts';
import { askFixture } from '../support/ask-fixture.ts';

it('writes an answer as the JSON that is documented, key by key', async () => {
  const answer = await askFixture('to 10.0.2.20 port=5432 action=reject top=5', { zone: 'Asia/Tokyo' });
  const json = JSON.parse(answerJson(answer));
  expect(json).toEqual({
    question: {
      query: 'to',
      args: { addr: '10.0.2.20', port: '5432', action: 'reject', top: '5' },
      window: { from: '2026-11-22T10:00:00.000Z', to: '2026-11-22T10:40:00.000Z' },
      line: 'to 10.0.2.20 port=5432 action=reject top=5 since 2026-11-22T10:00Z until 2026-11-22T10:40Z',
    },
    headline: answer.headline,
    finding: {
      state: 'rejected',
      since: '2026-11-22T10:20:05.000Z',
      certainty: 'likely',
      wouldTell: [],
      links: [],
      facts: [],
    },
    columns: expect.arrayContaining([{ name: 'bytes', title: 'Bytes', kind: 'bytes' }]),
    rows: [
      {
        source: '10.0.1.10',
        destination: '10.0.2.20',
        state: 'rejected',
        since: '2026-11-22T10:20:05.000Z',
        port: 5432,
        protocol: 6,
        action: 'REJECT',
        role: 'client',
        bytes: 540,
        packets: 9,
        records: 3,
        first_seen: '2026-11-22T10:20:05.000Z',
        last_seen: '2026-11-22T10:33:00.000Z',
        interface_id: 'eni-0000000000000020a',
      },
    ],
    truncated: false,
    run: {
      engine: 'duckdb',
      id: 'run-1',
      scannedBytes: answer.run.scannedBytes,
      filesRead: 10,
      elapsedMs: 0,
      reused: false,
    },
    cost: { dollars: 0, athenaDollars: 0.000_05 },
    coverage: {
      verdict:
        'Complete up to 22 Nov 2026 19:15 JST (10:15 UTC); 22 Nov 2026 19:25–19:30 JST (10:25–10:30 UTC) has no file.',
      completeUpTo: '2026-11-22T10:15:00.000Z',
      complete: false,
      doubts: ['some five-minute slots have no file', 'AWS lost flows there (1 record says so)'],
      newestEnd: '2026-11-22T10:35:55.000Z',
      tablesRead: [],
      matched: 18,
      skipData: 1,
      skippedAt: ['eni-0000000000000030a'],
      noData: 7,
      otherStatus: 0,
      filesFailed: [],
      filesWithoutTime: 0,
      unreadableLines: 0,
      flowLogs: [
        {
          flowLog: '123456789012_vpcflowlogs_eu-central-1_fl-0123456789abcdef0',
          traffic: 'unknown',
          stopped: false,
          completeUpTo: '2026-11-22T10:15:00.000Z',
          slots: [
            { state: 'read', from: '2026-11-22T10:00:00.000Z', to: '2026-11-22T10:25:00.000Z' },
            { state: 'missing', from: '2026-11-22T10:25:00.000Z', to: '2026-11-22T10:30:00.000Z' },
            { state: 'read', from: '2026-11-22T10:30:00.000Z', to: '2026-11-22T10:50:00.000Z' },
          ],
        },
      ],
      missingSlots: [
        expect.objectContaining({ from: '2026-11-22T10:25:00.000Z', to: '2026-11-22T10:30:00.000Z' }),
      ],
      addressFields: ['srcaddr', 'dstaddr', 'pkt-srcaddr', 'pkt-dstaddr'],
      notes: [],
    },
  });
});

it('writes whole numbers beyond 2^53 digit by digit', async () => {
  const text = answerJson(await askFixture('from 10.0.2.20 port=2049'));
  expect(text).toContain('"bytes": 9007199254740993');
  expect(parse(text)).toMatchObject({
    rows: [{ bytes: expect.objectContaining({ value: '9007199254740993' }) }],
  });
});

it('writes what is unknown as null, and says what failed', async () => {
  const nothing = JSON.parse(answerJson(await askFixture('records', { window: 'on 2026-11-01' })));
  expect(nothing).toMatchObject({ rows: [], coverage: { completeUpTo: null, complete: false } });
  const failed = await askFixture('records 192.0.2.66 port=3389');
  const filesFailed = [{ key: 'a.gz', slot: undefined, reason: 'is empty' }];
  const json = JSON.parse(answerJson({ ...failed, coverage: { ...failed.coverage, filesFailed } }));
  expect(json.coverage.filesFailed).toEqual([{ key: 'a.gz', reason: 'is empty' }]);
});

it('writes a failure as JSON', () => {
  expect(JSON.parse(failureJson({ problem: 'P', next: 'N', correctedLine: 'to "x"' }))).toEqual({
    error: { message: 'P', next: 'N', correctedLine: 'to "x"', offers: [] },
  });
  const offers = [{ label: 'L', line: 'to 10.0.1.5' }];
  expect(JSON.parse(failureJson({ problem: 'P', next: 'N', offers })).error).toMatchObject({ offers });
  expect(JSON.parse(failureJson({ problem: 'P', next: '' }))).toEqual({
    error: { message: 'P', next: '', correctedLine: null, offers: [] },
  });
});

it('writes rows as RFC 4180 CSV under column names, numbers exact, times ISO', async () => {
  expect(answerCsv(await askFixture('top-talkers top=1'))).toBe(
    'source,destination,bytes,packets,records,first_seen,last_seen,interface_id,interfaces,relay\r\n' +
      '10.0.2.20,10.0.3.30,9007199254740993,6000000000000,1,2026-11-22T10:35:00.000Z,2026-11-22T10:35:55.000Z,eni-0000000000000020a,1,-\r\n',
  );
  expect(answerCsv(await askFixture('to 10.9.9.9'))).toMatch(/^source,[a-z_,]+\r\n$/);
});

/** One cell of text as CSV writes it. */
function written(value: string | number | bigint | null): string {
  const columns = [
    { name: 'x', column: textColumn('X') },
    { name: 'y', column: textColumn('Y') },
  ];
  return answerCsv({ columns, rows: [{ x: value, y: 1 }] }).slice('x,y\r\n'.length, -',1\r\n'.length);
}

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['\n=1', '"\'\n=1"'],
  ['＝1', "'＝1"],
  // An absent value is no formula, and machines read it back.
  ['-', '-'],
  ['a=1', 'a=1'],
  ['say "no", he said', '"say ""no"", he said"'],
  ['two\nlines', '"two\nlines"'],
  ['two\rlines', '"two\rlines"'],
  [-5, '-5'],
  [null, ''],
])('writes %j in CSV as %j', (value, expected) => {
  expect(written(value)).toBe(expected);
});

it('leaves numbers numbers in CSV, however long', () => {
  expect(written(-9_007_199_254_740_993n)).toBe('-9007199254740993');
});

it('names the CSV after the query and the window', async () => {
  expect(csvName(await askFixture('top-talkers'))).toBe('flowlog-top-talkers-20261122T1000Z.csv');
});

it('writes what is known from elsewhere than the records into the JSON of an answer, as text', async () => {
  const json = JSON.parse(answerJson(await askFixture('who 10.0.1.10')));
  expect(json.finding.facts).toEqual([{ label: 'Interface in the records', text: 'eni-0000000000000010a' }]);
});
