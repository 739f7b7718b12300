import { expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { scanWindows, together } from '../../../src/core/answer/scan-windows.ts';
import type { FetchedEvents } from '../../../src/core/lake/fetches.ts';
import type { InsightsPlan, LogTable, Scan, ScannedObject } from '../../../src/core/lake/scan.ts';
import type { Sources } from '../../../src/core/lake/sources.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import type { Question } from '../../../src/core/query/question.ts';

const { signal } = new AbortController();

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

function questionOf(line: string): Question {
  const now = new Date('2026-03-05T12:00:00Z');
  const read = readRequest(line, { catalog, now, zone: 'UTC', longestWindowSeconds: 86_400 });
  if (!('query' in read)) throw new RangeError(`${line} is no question`);
  return read;
}

it('what comes from log groups for several windows is counted together', async () => {
  const said: FetchedEvents[] = [];
  const sources: Sources = {
    async scanFor({ onEvents }) {
      onEvents?.({ calls: 1, events: 5, bytes: 50 });
      onEvents?.({ calls: 2, events: 9, bytes: 90 });
      return scanOf({}, []);
    },
    prepare: async () => {},
  };
  const onEvents = (fetched: FetchedEvents) => said.push(fetched);
  await scanWindows(questionOf('changes last 1h'), sources, { onEvents }, signal);
  expect(said.map(({ events }) => events)).toEqual([5, 9, 14, 18]);
  expect(said.at(-1)).toEqual({ calls: 4, events: 18, bytes: 180 });
});

it('windows are all read by Athena where the files of one of them are too many to be fetched, unless a line says otherwise', async () => {
  const wanted: (string | undefined)[] = [];
  let count = 0;
  const sources: Sources = {
    async scanFor({ engine }) {
      wanted.push(engine);
      count += 1;
      const few = engine === 'direct' || (engine === undefined && count === 1);
      return { ...scanOf({}, [`${count}`]), ...(few && { direct: { files: 1, bytes: 1 } }) };
    },
    prepare: async () => {},
  };
  const ask = (line: string) => scanWindows(questionOf(line), sources, { identity: 'q1' }, signal);
  expect((await ask('changes last 1h')).direct).toBeUndefined();
  expect(wanted).toEqual([undefined, undefined, 'athena', 'athena']);
  expect((await ask('changes last 1h engine=direct')).direct).toEqual({ files: 2, bytes: 2 });
});

it('windows of log groups ask Logs Insights for each, read a slot once that both need, and count what was fetched for both', () => {
  const from = { account: '1', region: 'eu-west-1', bucket: '~g' };
  const events = { logGroup: 'g', fields: [] };
  const slot = { fromSeconds: 0, toSeconds: 300 };
  const object = (key: string, addresses?: readonly string[]): ScannedObject => ({
    key,
    bytes: 1,
    slot,
    from: { ...from, events: { ...events, ...(addresses && { addresses }) } },
  });
  const direct = (calls: number) => ({ files: 0, bytes: 0, events: { calls, events: 10, bytes: 100 } });
  const [one, other] = [{ bytes: 1 }, { bytes: 2 }] as [InsightsPlan, InsightsPlan];
  const scan = together(
    { ...scanOf({}, []), objects: [object('part', ['10.0.1.5'])], insights: [one], direct: direct(1) },
    { ...scanOf({}, []), objects: [object('whole')], insights: [other], direct: direct(2) },
  );
  expect(scan.objects.map(({ key }) => key)).toEqual(['whole']);
  expect(scan.insights).toEqual([one, other]);
  expect(scan.direct).toEqual({ files: 0, bytes: 0, events: { calls: 3, events: 20, bytes: 200 } });
  expect(together(scanOf({}, ['a']), scanOf({}, ['b']))).not.toHaveProperty('insights');
});
