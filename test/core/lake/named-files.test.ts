import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { statementFor } from '../../../src/core/answer/statement.ts';
import { AWS_LIMITS } from '../../../src/core/flow-log/aws-limits.ts';
import { FIELD_NAMES } from '../../../src/core/flow-log/fields.ts';
import { sourceRoot } from '../../../src/core/lake/log-source.ts';
import { fitting, namedFiles } from '../../../src/core/lake/named-files.ts';
import type { LogTable } from '../../../src/core/lake/scan.ts';
import { partitioningFor } from '../../../src/core/lake/table-for.ts';
import { exampleLine } from '../../../src/core/line/write-line.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import { aSource } from '../../support/a-source.ts';

const source = aSource('fl-1', { layout: { hive: true, hourly: true }, fields: FIELD_NAMES });
const found = { madeFor: source, mode: 'projected' } as const;
const object = (key: string) => ({ key, bytes: 1, slot: undefined });

describe('the files of a table', () => {
  it('are named by their addresses, in one order whatever the listing’s', () => {
    const keys = ['a/y=1/z.log.gz', "a/it's(1)!*/b_c-d.log.gz"];
    const urls = ["s3://logs/a/it's(1)!*/b_c-d.log.gz", 's3://logs/a/y=1/z.log.gz'];
    expect(namedFiles(found, keys.map(object))).toEqual(urls);
    expect(namedFiles({ ...found, mode: 'explicit' }, keys.toReversed().map(object))).toEqual(urls);
  });

  it.each(['a b', 'a+b', 'a%20b', 'für', 'a\n', 'a?', 'a//b', './a', 'a/../b', 'a/.', '/a', 'a/'])(
    'are not where one is called %j, which a path may show otherwise',
    (key) => {
      expect(namedFiles(found, [object('fine'), object(key)])).toBeUndefined();
    },
  );

  it('are not in a table that flowlog did not make', () => {
    expect(namedFiles({ ...found, mode: 'adopted' }, [object('a')])).toBeUndefined();
  });
});

/** As many names as AWS gives the files of a flow log. */
function namesOf(amount: number): readonly string[] {
  const name = (index: number) =>
    `s3://logs/${sourceRoot(source)}year=2026/month=11/day=22/hour=10/123456789012_vpcflowlogs_us-east-1_fl-0123456789abcdef0_20261122T1000Z_${index.toString(16).padStart(8, '0')}.log.parquet`;
  return Array.from({ length: amount }, (_, index) => name(index));
}

/** The most names that fit when so many tables are read, all of them in one. */
function mostNames(tables: number): number {
  const others = Array.from({ length: tables - 1 }, () => undefined);
  let most = 0;
  for (let step = 2_048; step >= 1; step /= 2)
    if (fitting([namesOf(most + step), ...others])[0]) most += step;
  return most;
}

describe('a statement', () => {
  const NOW = new Date('2026-11-22T11:00:00Z');
  const WEEK = 7 * 86_400;

  it.each([1, 2, 8])('over %i tables is never too long for Athena, whatever is asked', (amount) => {
    const [first, ...others]: LogTable[] = Array.from({ length: amount }, (_, index) => ({
      database: 'd'.repeat(255),
      name: `t${index}`.padEnd(255, 'x'),
      fields: FIELD_NAMES,
      partitioning: partitioningFor(source, 'projected'),
    }));
    const names = namesOf(mostNames(amount));
    const tables = first === undefined ? [] : [{ ...first, paths: names }, ...others];
    const scan = {
      source: { name: 'fl-1', region: 'us-east-1', fields: FIELD_NAMES },
      tables,
      objects: [],
      unread: [],
      notes: [],
      storedRange: undefined,
    };
    for (const query of catalog) {
      const example = exampleLine(query).replace(/ last \S+$/, '');
      const options = Object.entries(query.args)
        .filter(([, { required }]) => !required)
        .map(([name, arg]) => `${name}=${arg.example}`);
      const line = `${[example, ...options].join(' ')} last 168h`;
      const question = readRequest(line, { catalog, now: NOW, zone: 'UTC', longestWindowSeconds: WEEK });
      if (!('query' in question)) throw new RangeError(`${line} is no question`);
      const { text } = statementFor(question, scan, 100_000);
      expect([query.name, Buffer.byteLength(text) <= AWS_LIMITS.statementBytes]).toEqual([query.name, true]);
    }
  });

  it('names a day of files, and more', () => {
    expect(mostNames(1)).toBeGreaterThan(288 * 3);
  });

  it('names the files of those tables that have the fewest, when all are too many', () => {
    const [few, many] = [namesOf(600), namesOf(900)];
    expect(fitting([many, few, undefined])).toEqual([false, true, false]);
    expect(fitting([few, []])).toEqual([true, true]);
    expect(fitting([])).toEqual([]);
  });
});
