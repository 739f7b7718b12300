import { expect } from 'vitest';
import { keyValue } from '../../../src/core/lake/partitioning.ts';
import type { LogTable } from '../../../src/core/lake/scan.ts';
import type { JudgedRun } from './judged-engine.ts';

/**
 * Expects of a statement that has run what it costs on Athena: each table is scanned once, in no more partitions than the
 * window's files are in, no column is read that the statement does not name, and no byte that was not estimated.
 */
export function expectPruned({ statement, reading }: JudgedRun): void {
  const { scan, text } = statement;
  const named = ({ database, name }: LogTable) => `${database}.${name}`;
  expect(reading.scans.map(({ table }) => table).toSorted()).toEqual(scan.tables.map(named).toSorted());
  for (const { columns } of reading.scans)
    expect(columns.filter((column) => !text.includes(`"${column}"`))).toEqual([]);
  expect(reading.bytes).toBeLessThanOrEqual(scan.objects.reduce((sum, { bytes }) => sum + bytes, 0));
  expect(reading.bytes).toBeGreaterThan(0);
  for (const table of scan.tables) {
    const found = reading.scans.find((each) => each.table === named(table))?.partitions ?? [];
    const { partitioning } = table;
    const valueAt = (seconds: number) =>
      (partitioning?.time ?? []).map((key) => keyValue(key, seconds)).join('/');
    // A window that is compared with may have no file; its partitions are named all the same, and nothing is read of them.
    const wanted = [
      ...scan.objects.map(({ slot }) => valueAt(slot?.fromSeconds ?? 0)),
      ...(windowsOf(text).length > 1 ? windowsOf(text).flat().map(valueAt) : []),
    ];
    const read = found.map((partition) =>
      partition.split('/').slice(Object.keys(partitioning?.fixed ?? {}).length),
    );
    const values = read.map((parts) =>
      parts.map((part) => decodeURIComponent(part.replace(/^\w+=/, ''))).join('/'),
    );
    expect(values.filter((value) => !wanted.includes(value))).toEqual([]);
  }
}

/** The windows of a statement, by the conditions on the times of its records: first and last second. */
function windowsOf(text: string): readonly (readonly [from: number, to: number])[] {
  return [...text.matchAll(/"end" >= (\d+)\) AND \("start" < (\d+)/g)].map(
    ([, from, to]) => [Number(from), Number(to) - 1] as const,
  );
}
