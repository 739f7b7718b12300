import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sourceRoot } from '../../../src/core/lake/log-source.ts';
import { readTogether } from '../../../src/core/lake/read-together.ts';
import { isOfFlowLog, whoseFiles } from '../../../src/core/lake/whose-files.ts';
import { recordsIn } from '../../../src/core/query/flows.ts';
import { aSource } from '../../support/a-source.ts';

const LAYOUT = { format: 'text', hive: false, hourly: false } as const;
const WINDOW = { from: new Date('2026-03-05T12:00:00Z'), to: new Date('2026-03-05T13:00:00Z') };

/** Ids that are the beginnings of others, and prefixes that hold what looks like a name. */
const id = fc.constantFrom('fl-0a', 'fl-0a1', 'fl-0b', 'fl-0b-1');
const prefix = fc.constantFrom('central', 'x_fl-0a_y', 'fl-0b');
const name = fc.oneof(
  id.map((flowLog) => `123456789012_vpcflowlogs_us-east-1_${flowLog}_20260305T1200Z_0a0a.log.gz`),
  fc.constantFrom(
    'export.log.gz',
    'a_fl-0a_b.log.gz',
    '1_vpcflowlogs_us-east-1_fl-0a_20260305T1200Z_0a.log.gz',
  ),
);

it('the statement and the listing decide alike of which flow log a file is, for any file name', () => {
  fc.assert(
    fc.property(fc.uniqueArray(id, { minLength: 1 }), prefix, fc.array(name), (ids, under, names) => {
      const files = { kind: 's3', bucket: 'logs', prefix: under, files: LAYOUT } as const;
      const sources = ids.map((each) => aSource(each, { place: files }));
      const [together = [aSource()] as const] = readTogether(sources);
      const root = sourceRoot(together[0]);
      const listed = names.map((each) => ({ key: `${root}2026/03/05/${each}`, bytes: 1, slot: undefined }));
      const { objects, flowLogs } = whoseFiles(together, sources, listed);
      const statement = recordsIn(
        [WINDOW],
        [{ name: 't', fields: [], ...(flowLogs && { flowLogs }) }],
        ['end'],
      );
      const isAskedFor = (key: string) => statement.bound.some((text) => `s3://logs/${key}`.includes(text));
      // Of the prefix of one alone all is asked for, and nothing there is known to be of another one.
      expect(objects.filter(({ passedOver }) => passedOver !== true).map(({ key }) => key)).toEqual(
        listed
          .map(({ key }) => key)
          .filter((key) => (flowLogs === undefined ? isOfFlowLog(key, together[0]) : isAskedFor(key))),
      );
    }),
  );
});

it('one table reads the sources of its shape together, and no others', () => {
  const files = { kind: 's3', bucket: 'logs', prefix: 'central', files: LAYOUT } as const;
  const a = aSource('fl-0a', { place: files });
  const others = [
    aSource('fl-0b', { place: files }),
    aSource('fl-0c', { place: files, fields: a.fields.toReversed() }),
    aSource('fl-0d', { place: { ...files, files: { ...LAYOUT, format: 'parquet' } } }),
    aSource('fl-0e', { place: { ...files, files: { ...LAYOUT, hourly: true } } }),
    aSource('fl-0f', { place: { ...files, bucket: 'others' } }),
    aSource('fl-1a', { place: files, region: 'eu-central-1' }),
    aSource('fl-1b', { place: files, adopted: { database: 'logs', name: 'by_hand', fields: a.fields } }),
  ];
  const groups = readTogether([a, ...others]).map((group) => group.map((source) => source.name));
  expect(groups).toEqual([
    ['fl-0a', 'fl-0b'],
    ['fl-0c'],
    ['fl-0d'],
    ['fl-0e'],
    ['fl-0f'],
    ['fl-1a'],
    ['fl-1b'],
  ]);
});
