import { expect, it } from 'vitest';
import { receiptLine } from '../../src/render/question-lines.ts';
import { askFixture } from '../support/ask-fixture.ts';

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
