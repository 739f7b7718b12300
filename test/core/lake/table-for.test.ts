import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnName, DEFAULT_FORMAT, FIELD_NAMES, FIELDS } from '../../../src/core/flow-log/fields.ts';
import { objectPlace } from '../../../src/core/flow-log/object-key.ts';
import { nameTimeSeconds } from '../../../src/core/flow-log/slots.ts';
import { folderAt, type S3Source, sourceRoot } from '../../../src/core/lake/log-source.ts';
import { keyValue, partitionPredicate } from '../../../src/core/lake/partitioning.ts';
import { partitionsOf } from '../../../src/core/lake/partitions.ts';
import { keysFor, modeOf, partitioningFor, tableFor } from '../../../src/core/lake/table-for.ts';
import { addPartitionsDdl, createTableDdl, type TableSpec } from '../../../src/core/sql/hive-ddl.ts';
import { aSource, LAYOUTS } from '../../support/a-source.ts';
import { hiveErrors } from '../../support/dialect/hive-errors.ts';
import { fourLayouts } from '../../support/four-layouts.ts';

const SINCE = new Date('2026-11-20T10:31:00Z');
const MODES = ['projected', 'explicit'] as const;
const CASES = LAYOUTS.flatMap((layout) => MODES.map((mode) => ({ ...layout, mode })));
const second = fc.integer({ min: Date.UTC(2015, 0, 1) / 1000, max: Date.UTC(2060, 0, 1) / 1000 });

function specOf(source: S3Source, mode: (typeof MODES)[number]): TableSpec {
  return tableFor(source, { database: 'flowlog', mode, since: SINCE });
}

/** The folder that Athena reads for one value of each partition key, as projection works it out. */
function projectedFolder({ properties }: TableSpec, values: Readonly<Record<string, string>>): string {
  const template = properties['storage.location.template'] ?? '';
  return template.replace(/\$\{(\w+)\}/g, (_, key: string) => {
    const digits = Number(properties[`projection.${key}.digits`] ?? 0);
    const value = values[key];
    if (value === undefined) throw new RangeError(`the template has ${key}, which is no partition key`);
    return properties[`projection.${key}.type`] === 'integer'
      ? String(Number(value)).padStart(digits, '0')
      : value;
  });
}

/** The values of the partition that holds an instant. */
function valuesAt(source: S3Source, mode: (typeof MODES)[number], seconds: number): Record<string, string> {
  const { fixed, time } = partitioningFor(source, mode);
  return { ...fixed, ...Object.fromEntries(time.map((key) => [key.column, keyValue(key, seconds)])) };
}

describe.each(CASES)(
  'the table over $format files, hive $hive, hourly $hourly, $mode',
  ({ mode, ...layout }) => {
    const source = aSource('fl-0a1b2c3d4e5f60718', { layout, fields: FIELD_NAMES });
    const spec = specOf(source, mode);

    it('is made by DDL that Athena reads', async () => {
      expect(await hiveErrors(createTableDdl(spec))).toEqual([]);
    });

    it('has a column for every field, in the order of the log format, with its type', () => {
      expect(spec.columns.map(({ name }) => name)).toEqual(FIELD_NAMES.map(columnName));
      const types = { text: 'string', integer: 'int', long: 'bigint' };
      expect(spec.columns.map(({ type }) => type)).toEqual(
        FIELD_NAMES.map((field) => types[FIELDS[field].type]),
      );
      const turned = specOf({ ...source, fields: FIELD_NAMES.toReversed() }, mode);
      expect(turned.columns).toEqual(spec.columns.toReversed());
    });

    it('has no partition key that is called as a column', () => {
      const columns = new Set(spec.columns.map(({ name }) => name));
      expect(spec.partitionKeys.filter(({ name }) => columns.has(name))).toEqual([]);
      expect(new Set(spec.partitionKeys.map(({ name }) => name)).size).toBe(spec.partitionKeys.length);
    });

    it('skips the header of text alone, and is known as ours', () => {
      expect(spec.properties['skip.header.line.count']).toBe(layout.format === 'text' ? '1' : undefined);
      expect(spec.properties['managed-by']).toBe('flowlog');
      expect(modeOf(spec)).toBe(mode);
    });

    it('has the folder of the flow log as its location, and no other', () => {
      expect(spec.location).toBe(`s3://logs/${sourceRoot(source)}`);
      expect(spec.location).toMatch(/[/=]us-east-1\/$/);
    });

    it('has a template that gives the exact folder of every moment', () => {
      fc.assert(
        fc.property(second, (seconds) => {
          const wanted = `s3://logs/${sourceRoot(source)}${folderAt(layout, seconds)}/`;
          const [only, ...more] = partitionsOf(source, { fromSeconds: seconds, toSeconds: seconds + 1 }, []);
          expect(more).toEqual([]);
          expect(only?.partition.location).toBe(wanted);
          if (mode === 'projected')
            expect(projectedFolder(spec, valuesAt(source, mode, seconds))).toBe(wanted);
          else expect(only?.partition.values).toEqual(Object.values(valuesAt(source, mode, seconds)));
        }),
        { numRuns: 50 },
      );
    });

    it.runIf(mode === 'projected')('names every partition key in the template of their place', () => {
      const template = spec.properties['storage.location.template'] ?? '';
      for (const { name } of spec.partitionKeys) expect(template.split(`\${${name}}`)).toHaveLength(2);
    });

    it('is asked by the keys that it has, with values of their type', () => {
      const partitioning = partitioningFor(source, mode);
      const keys = [...Object.keys(partitioning.fixed), ...partitioning.time.map(({ column }) => column)];
      expect(keys).toEqual(spec.partitionKeys.map(({ name }) => name));
      const { text } = partitionPredicate(partitioning, {
        fromSeconds: 1_764_000_000,
        toSeconds: 1_764_000_001,
      });
      for (const { name, type } of spec.partitionKeys)
        expect(text).toMatch(new RegExp(`"${name}" (=|BETWEEN) ${type === 'string' ? "'" : '\\d'}`));
    });

    it('gets partitions by DDL that Athena reads', async () => {
      const explicit = specOf(source, 'explicit');
      const slotRange = { fromSeconds: 1_764_000_000, toSeconds: 1_764_000_000 + 3 * 86_400 };
      const added = partitionsOf(source, slotRange, []).map(({ partition }) => partition);
      expect(await hiveErrors(addPartitionsDdl(explicit, added))).toEqual([]);
    });
  },
);

it('a table is not projected under a prefix in which Athena would look for a key', () => {
  const prefix = `team-\${name}`;
  const source = aSource('fl-1', { place: { ...aSource().place, prefix } });
  expect(() => specOf(source, 'projected')).toThrow(`in the prefix \`${prefix}\` as a partition key`);
  expect(specOf(source, 'explicit').location).toContain(`s3://logs/${prefix}/AWSLogs/`);
});

describe('the range of projection', () => {
  const rangeOf = (layout: object, key: string) =>
    specOf(aSource('fl-1', { layout }), 'projected').properties[`projection.${key}.range`];

  it('begins with the day on which the flow log was created, for days and for hours', () => {
    expect(rangeOf({}, 'p_day')).toBe('2026/11/20,NOW');
    expect(rangeOf({ hourly: true }, 'p_hour')).toBe('2026/11/20/00,NOW');
  });

  it('holds every month, day and hour, padded as AWS pads them, where each is a folder', () => {
    const layout = { hive: true, hourly: true };
    const spec = specOf(aSource('fl-1', { layout }), 'projected');
    for (const key of keysFor(aSource('fl-1', { layout }), 'projected')) {
      if (key.kind === 'fixed') continue;
      const [first = 0, last = 0] = (spec.properties[`projection.${key.column}.range`] ?? '')
        .split(',')
        .map(Number);
      fc.assert(
        fc.property(second, (seconds) => {
          const value = Number(keyValue(key, seconds));
          expect(value).toBeGreaterThanOrEqual(first);
          expect(value).toBeLessThanOrEqual(last);
        }),
      );
    }
  });

  it('is in steps of an hour where there is a folder for each', () => {
    const { properties } = specOf(aSource('fl-1', { layout: { hourly: true } }), 'projected');
    expect(properties).toMatchObject({
      'projection.p_hour.interval': '1',
      'projection.p_hour.interval.unit': 'HOURS',
      'projection.p_hour.format': 'yyyy/MM/dd/HH',
    });
  });
});

it('a table has a text column for an unknown field', () => {
  const { columns } = specOf(aSource('fl-1', { fields: ['version', 'new-in-v12'] }), 'projected');
  expect(columns).toEqual([
    { name: 'version', type: 'int' },
    { name: 'new_in_v12', type: 'string' },
  ]);
});

describe.each(await fourLayouts())('the table of $records files', ({ folder }) => {
  it.each([
    ['text-daily', { format: 'text', hive: false, hourly: false }],
    ['text-hive-hourly', { format: 'text', hive: true, hourly: true }],
    ['parquet-daily', { format: 'parquet', hive: false, hourly: false }],
    ['parquet-hive-hourly', { format: 'parquet', hive: true, hourly: true }],
  ] as const)('in the layout %s reads the folder of each of them', (name, layout) => {
    const names = readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' });
    const keys = names.map((key) => key.replaceAll('\\', '/')).filter((key) => /\.(gz|parquet)$/.test(key));
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      const { account = '', region = '' } = objectPlace(key);
      const place = { kind: 's3', bucket: 'logs', prefix: '', files: layout } as const;
      const source = { ...aSource('fl-1', { fields: DEFAULT_FORMAT }), account, region, place };
      const seconds = nameTimeSeconds(key) ?? Number.NaN;
      const found = `s3://logs/${key.slice(0, key.lastIndexOf('/') + 1)}`;
      expect(projectedFolder(specOf(source, 'projected'), valuesAt(source, 'projected', seconds))).toBe(
        found,
      );
      const [explicit] = partitionsOf(source, { fromSeconds: seconds, toSeconds: seconds + 1 }, [{ key }]);
      expect(explicit).toMatchObject({ filled: true, partition: { location: found } });
    }
  });
});
