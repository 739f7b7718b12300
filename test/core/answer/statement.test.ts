import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { statementFor } from '../../../src/core/answer/statement.ts';
import type { LogTable, Scan } from '../../../src/core/lake/scan.ts';
import { exampleLine } from '../../../src/core/line/write-line.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import type { CannedQuery } from '../../../src/core/query/query.ts';
import { readSql } from '../../support/read-sql.ts';

const NOW = new Date('2026-11-22T11:00:00Z');
/** What Athena's console takes at most. */
const MOST_BOUND = 25;

const table = (name: string): LogTable => ({
  database: 'logs',
  name,
  fields: ['srcaddr', 'dstaddr', 'log-status'],
  partitioning: {
    grain: 'hour',
    fixed: { p_region: 'eu-west-1' },
    time: [{ column: 'p_hour', pattern: 'yyyy/MM/dd/HH', type: 'string' }],
  },
});

function scanOf(tables: readonly LogTable[]): Scan {
  const source = { name: 'lake', region: 'eu-west-1', fields: [] };
  return { source, tables, objects: [], unread: [], notes: [], storedRange: undefined };
}

/** Lines of a query: what it must have, every option as well, and blocks of both families for its addresses. */
function linesOf(query: CannedQuery): readonly string[] {
  const example = exampleLine(query).replace(/ last \S+$/, '');
  const options = Object.entries(query.args)
    .filter(([, { required }]) => !required)
    .map(([name, arg]) => `${name}=${arg.example}`);
  const full = [example, ...options].join(' ');
  // A question about one address of a side takes no block.
  const [v4, v6] = ['why', 'who'].includes(query.name)
    ? ['10.0.0.8', '2001:db8::8']
    : ['10.0.0.0/8', '2001:db8::/32'];
  const ADDRESS = /(?<=[ =])\d+\.\d+\.\d+\.\d+/g;
  return [example, full, full.replace(ADDRESS, v4), full.replace(ADDRESS, v6)];
}

function statementOf(line: string, tables: readonly LogTable[]) {
  const question = readRequest(`${line} last 1h`, {
    catalog,
    now: NOW,
    zone: 'UTC',
    longestWindowSeconds: 86_400,
  });
  if (!('query' in question)) throw new RangeError(`${line} asks for help`);
  return statementFor(question, scanOf(tables), 10);
}

describe.each(catalog.flatMap((query) => linesOf(query)))('%s', (line) => {
  it.each([[['a']], [['a', 'b', 'c']]])('reads each of the tables %j once', (names) => {
    const { read } = readSql(statementOf(line, names.map(table)).text);
    expect(read.filter((name) => name.startsWith('logs.'))).toEqual(names.map((name) => `logs.${name}`));
  });

  it('reads each of its relations once', () => {
    const { defined, read } = readSql(statementOf(line, [table('a')]).text);
    expect(defined.length).toBeGreaterThan(1);
    expect(read.toSorted()).toEqual([...defined, 'logs.a'].toSorted());
  });

  it('binds values in WHERE alone, no more than Athena takes', () => {
    const { text, bound } = statementOf(line, [table('a')]);
    const { boundIn } = readSql(text);
    expect(boundIn).toEqual(bound.map(() => 'WHERE'));
    expect(bound.length).toBeLessThanOrEqual(MOST_BOUND);
  });
});

describe('the reader of these statements', () => {
  it.each([
    ['a second FROM', 'WITH r AS (SELECT a FROM t), s AS (SELECT a FROM r) SELECT a FROM (SELECT a FROM r)'],
    ['a join', 'WITH r AS (SELECT a FROM t), s AS (SELECT a FROM r) SELECT a FROM s JOIN r ON TRUE'],
    ['a comma', 'WITH r AS (SELECT a FROM t), s AS (SELECT a FROM r) SELECT a FROM s, r'],
    ['an EXISTS', 'WITH r AS (SELECT a FROM t) SELECT a FROM r WHERE EXISTS (SELECT 1 FROM r)'],
    ['UNION ALL', 'WITH r AS (SELECT a FROM t) SELECT a FROM r UNION ALL SELECT a FROM "r"'],
  ])('sees a relation that is read again by %s', (_, text) => {
    expect(readSql(text).read.filter((name) => name === 'r')).toHaveLength(2);
  });

  it.each([
    ['SELECT', "SELECT coalesce(a = ?, FALSE) FROM t WHERE b = 'a ? in quotes'"],
    ['FILTER', 'SELECT count(*) FILTER (WHERE (a = ?)) FROM t'],
    ['SELECT', 'SELECT a FROM t WHERE a IN (SELECT ? FROM t)'],
    ['HAVING', 'SELECT a FROM t WHERE b GROUP BY a HAVING max(b) = ?'],
    ['WINDOW', 'SELECT max(a) OVER w FROM t WHERE b WINDOW w AS (PARTITION BY a, ?)'],
    ['WHERE', 'SELECT a FROM t WHERE (b) AND (contains(?, c))'],
  ])('knows that a value is bound in %s', (clause, text) => {
    expect(readSql(text).boundIn).toEqual([clause]);
  });
});
