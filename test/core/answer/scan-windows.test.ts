import { expect, it } from 'vitest';
import { together } from '../../../src/core/answer/scan-windows.ts';
import type { LogTable, Scan } from '../../../src/core/lake/scan.ts';

function scanOf(table: Partial<LogTable>, keys: readonly string[]): Scan {
  const source = { name: 'fl-1', region: 'eu-west-1', fields: [] };
  const objects = keys.map((key) => ({ key, bytes: 1, slot: undefined }));
  const tables = [{ database: 'flowlog', name: 'fl_1', fields: [], ...table }];
  return { source, tables, objects, unread: [], notes: [], storedRange: undefined };
}

it('a scan of two windows names the files of both, each once', () => {
  const scan = together(scanOf({ paths: ['b', 'a'] }, ['a', 'b']), scanOf({ paths: ['c', 'b'] }, ['b', 'c']));
  expect(scan.tables).toEqual([{ database: 'flowlog', name: 'fl_1', fields: [], paths: ['a', 'b', 'c'] }]);
  expect(scan.objects.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
});

it.each([
  ['first', { paths: ['a'] }, { flowLogs: ['1_x_fl-1'] }],
  ['second', { flowLogs: ['1_x_fl-1'] }, { paths: ['a'] }],
])(
  'keeps to the flow logs that were asked for where the %s window alone names its files',
  (_, one, other) => {
    const [table] = together(scanOf(one, ['a']), scanOf(other, ['b'])).tables;
    expect(table?.paths).toBeUndefined();
    expect(table?.flowLogs).toEqual(['1_x_fl-1']);
  },
);
