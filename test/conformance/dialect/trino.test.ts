import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { statementFor } from '../../../src/core/answer/statement.ts';
import type { LogTable, Scan } from '../../../src/core/lake/scan.ts';
import type { CannedQuery } from '../../../src/core/query/query.ts';
import type { Question } from '../../../src/core/query/question.ts';
import { marksOutsideWhere } from '../../support/dialect/marks-outside-where.ts';
import { trinoErrors } from '../../support/dialect/trino-errors.ts';
import { argumentShapes } from './argument-shapes.ts';
import { TABLE_LAYOUTS } from './table-layouts.ts';

/** Over midnight and the end of a month, with seconds. */
const WINDOW = { from: new Date('2026-10-31T22:10:07Z'), to: new Date('2026-11-01T01:15:00Z') };

function questionOf(query: CannedQuery, args: Question['args']): Question {
  const words = { kind: 'between', ...WINDOW } as const;
  return { query, args, words, window: WINDOW, zone: 'Asia/Tokyo', line: query.name, notes: [], catalog: [] };
}

function scanOf(tables: readonly LogTable[]): Scan {
  const source = { name: 'fl-1', region: 'eu-central-1', fields: tables[0]?.fields ?? [] };
  return { source, tables, objects: [], unread: [], notes: [], storedRange: undefined };
}

/** What Athena would refuse in the statement of a question, with the statement. */
async function refused(
  query: CannedQuery,
  args: Question['args'],
  tables: readonly LogTable[],
): Promise<readonly string[]> {
  const { text } = statementFor(questionOf(query, args), scanOf(tables), query.limit);
  const errors = await trinoErrors(text);
  const elsewhere = marksOutsideWhere(text).map((clause) => `a value bound in ${clause}`);
  return [...errors, ...elsewhere].map((error) => `${error}\n${text}`);
}

describe.each(catalog.map((query) => [query.name, query] as const))('the statement of %s', (_, query) => {
  it.each(Object.entries(TABLE_LAYOUTS))('is one that Athena takes over %s', async (_layout, tables) => {
    for (const args of argumentShapes(query).slice(0, 2))
      expect(await refused(query, args, tables)).toEqual([]);
  });

  it('is one that Athena takes in every shape of its arguments', async () => {
    const shapes = argumentShapes(query);
    expect(shapes.length).toBeGreaterThan(2);
    const tables = TABLE_LAYOUTS['hours under one key'] ?? [];
    for (const args of shapes) expect(await refused(query, args, tables)).toEqual([]);
  });
});

it.each([
  ['SELECT end FROM logs'],
  ['SELECT a FROM logs QUALIFY row_number() OVER () = 1'],
  ["SELECT a FROM logs WHERE a ILIKE 'x'"],
  ['SELECT a::varchar FROM logs'],
  ['SELECT * EXCLUDE (a) FROM logs'],
  ['SELECT a FROM logs GROUP BY ALL'],
  ['SELECT a FROM logs LIMIT 1 OFFSET 2'],
  ['SELECT `a` FROM logs'],
  ['SELECT 1; SELECT 2'],
  ['SELECT 1 -- said /* by somebody */'],
  ['SELECT (1'],
])('would notice %s', async (wrong) => {
  expect(await trinoErrors(wrong)).not.toEqual([]);
});

it('the check of SQL for Trino lets signs in quotes alone', async () => {
  expect(await trinoErrors(`SELECT '::;\`--' AS "a::b" FROM logs WHERE c = '''/*'`)).toEqual([]);
});

it.each([
  ['SELECT a FROM logs WHERE a = ? AND b IN (SELECT c FROM d WHERE e = ?) AND f = ?', []],
  ['SELECT count(*) FILTER (WHERE a = ?) AS n FROM logs WHERE b = ?', ['FILTER']],
  ["SELECT '?' AS a, ? AS b FROM logs WHERE c = ?", ['SELECT']],
  [
    'WITH a AS (SELECT if(b = ?, 1, 2) AS c FROM d WHERE e = ?) SELECT c FROM a GROUP BY ?',
    ['SELECT', 'GROUP'],
  ],
])('the check of SQL for Trino knows where the values of %s are bound', (text, clauses) => {
  expect(marksOutsideWhere(text)).toEqual(clauses);
});
