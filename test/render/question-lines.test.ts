import { expect, it } from 'vitest';
import type { Fetched } from '../../src/core/lake/fetches.ts';
import type { Scan } from '../../src/core/lake/scan.ts';
import { fetchingLine, readingLine, receiptLine } from '../../src/render/question-lines.ts';
import { askFixture } from '../support/ask-fixture.ts';

it('says what has come from log groups so far', () => {
  expect(fetchingLine({ calls: 3, events: 12_400, bytes: 3_100_000 })).toBe(
    'Fetching from CloudWatch Logs: 12,400 records (3.1 MB) so far',
  );
});

it('puts rows, time, scan and price in the receipt', async () => {
  const answer = await askFixture('records 192.0.2.66');
  const run = { ...answer.run, scannedBytes: 12_400_000, elapsedMs: 830 };
  const cost = { dollars: 0, athenaDollars: 0.000_062 };
  expect(receiptLine({ ...answer, run, cost })).toBe(
    '5 rows · 0.8 s · scanned 12.4 MB · duckdb, free · the same scan on Athena: about $0.00006',
  );
  expect(
    receiptLine({
      ...answer,
      engine: 'athena',
      billed: true,
      run,
      cost: { dollars: 1.5, athenaDollars: 1.5 },
      truncated: true,
    }),
  ).toBe('first 5 rows · 0.8 s · scanned 12.4 MB · athena, about $1.50');
  const reused = {
    ...answer,
    rowCount: 1,
    engine: 'athena' as const,
    billed: true,
    run: { ...run, reused: true },
    cost: { dollars: 0, athenaDollars: 0 },
  };
  expect(receiptLine(reused)).toBe('1 row · 0.8 s · an earlier result, nothing scanned · athena, about $0');
});

it('says what was fetched from S3, before and after, and what Athena would have asked', async () => {
  const answer = await askFixture('records 192.0.2.66');
  const cost = { dollars: 0, athenaDollars: 0.000_062 };
  const run = { ...answer.run, scannedBytes: 12_400_000, elapsedMs: 830 };
  const receipt = (files: number, bytes: number) =>
    receiptLine({ ...answer, run: { ...run, fetched: { files, bytes, gets: 3 } }, cost });
  expect(receipt(2, 4_100_000)).toBe(
    '5 rows · 0.8 s · scanned 12.4 MB · fetched 2 files (4.1 MB) from S3 in 3 GETs, duckdb, free · the same scan on Athena: about $0.00006',
  );
  expect(receipt(0, 0)).toContain(' · all files were kept, duckdb, free · ');
  const scan = { ...EMPTY_SCAN, direct: { files: 2, bytes: 4_100_000 } };
  const expected = { bytes: 12_400_000, dollars: 0.000_062, exact: true, billed: false };
  expect(readingLine(scan, expected)).toBe(
    'Fetching 2 files (4.1 MB) from S3, not billed by Athena, which would ask about $0.00006',
  );
  const fetchable = { files: 2, bytes: 4_100_000 };
  expect(readingLine({ ...EMPTY_SCAN, fetchable }, { ...expected, billed: true })).toBe(
    'Reading 0 files (0 B), about $0.00006 on Athena (`engine=direct` would fetch up to 4.1 MB and cost nothing there)',
  );
});

it('says what Logs Insights is going to read, and what it has read', async () => {
  const answer = await askFixture('records 192.0.2.66');
  const insights = { objects: [], notes: [] };
  const run = { ...answer.run, scannedBytes: 4_100_000_000, elapsedMs: 8_300, insights };
  const cost = { dollars: 0.02, athenaDollars: 0.02 };
  expect(receiptLine({ ...answer, billed: true, run, cost })).toBe(
    '5 rows · 8.3 s · scanned 4.1 GB · Logs Insights, about $0.02',
  );
  const scan = { ...EMPTY_SCAN, direct: { files: 0, bytes: 0 }, insights: [] };
  const expected = { bytes: 4_000_000_000, dollars: 0.02, exact: true, billed: true };
  expect(readingLine(scan, expected)).toBe(
    'Asking CloudWatch Logs Insights, which reads about 4.0 GB, about $0.02',
  );
});

it('says what was fetched from CloudWatch Logs, beside what was fetched from S3, and nothing of Athena, which cannot read it', async () => {
  const answer = await askFixture('records 192.0.2.66');
  const receipt = (fetched: Fetched) => receiptLine({ ...answer, run: { ...answer.run, fetched } });
  const events = { calls: 3, events: 1_240, bytes: 310_000 };
  expect(receipt({ files: 0, bytes: 0, gets: 0, events })).toMatch(
    / · fetched 1,240 records \([\d.]+ KB\) from CloudWatch Logs in 3 calls, duckdb, free$/,
  );
  expect(receipt({ files: 2, bytes: 4_100_000, gets: 2, events })).toContain(
    ' · fetched 2 files (4.1 MB) from S3 in 2 GETs and 1,240 records (310 KB) from CloudWatch Logs in 3 calls, duckdb, free',
  );
  const none = { calls: 0, events: 0, bytes: 0 };
  expect(receipt({ files: 0, bytes: 0, gets: 0, events: none })).toMatch(
    / · all records were kept, duckdb, free$/,
  );
});

it('says of a table without a list of files that what is scanned is not known before, and the most it can be', () => {
  const table = { name: 'vpc_flow_2_0', fields: [], unlisted: { atMostBytes: 100_000_000_000 } };
  const scan = { ...EMPTY_SCAN, tables: [table] };
  const expected = { bytes: 100_000_000_000, dollars: 0.5, exact: false, billed: true };
  expect(readingLine(scan, expected)).toBe(
    'Reading the table vpc_flow_2_0; how much is scanned is not known before: 100 GB at most, about $0.50 on Athena',
  );
  const objects = [{ key: 'a.log.gz', bytes: 4_100_000, slot: undefined }];
  expect(readingLine({ ...scan, objects })).toBe(
    'Reading 1 file (4.1 MB) and the table vpc_flow_2_0; how much is scanned is not known before',
  );
});

const EMPTY_SCAN: Scan = {
  source: { name: 'fl-1', region: 'eu-central-1', fields: [] },
  tables: [],
  objects: [],
  unread: [],
  notes: [],
  storedRange: undefined,
};
