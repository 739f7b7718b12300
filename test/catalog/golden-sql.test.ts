import { format } from 'sql-formatter';
import { expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { statementFor } from '../../src/core/answer/statement.ts';
import { FIELD_NAMES } from '../../src/core/flow-log/fields.ts';
import type { LogTable } from '../../src/core/lake/scan.ts';
import { exampleLine } from '../../src/core/line/write-line.ts';
import { readRequest } from '../../src/core/operation/request.ts';

/** A table as flowlog makes it: all fields, one partition an hour. */
const TABLE: LogTable = {
  database: 'flowlog',
  name: 'fl_1',
  fields: FIELD_NAMES,
  partitioning: {
    grain: 'hour',
    fixed: { p_account: '123456789012', p_region: 'eu-central-1' },
    time: [{ column: 'p_hour', pattern: 'yyyy/MM/dd/HH', type: 'string' }],
  },
};

/** The statement of a line as a person would lay it out, under the line and the values that are bound in it. */
function goldenOf(line: string): string {
  const question = readRequest(line, {
    catalog,
    now: new Date('2026-11-22T11:00:00Z'),
    zone: 'UTC',
    longestWindowSeconds: 86_400,
  });
  if (!('query' in question)) throw new RangeError(`${line} is no question`);
  const source = { name: 'fl-1', region: 'eu-central-1', fields: FIELD_NAMES };
  const scan = { source, tables: [TABLE], objects: [], unread: [], notes: [], storedRange: undefined };
  const { text, bound } = statementFor(question, scan, 100);
  const written = format(text, {
    language: 'trino',
    tabWidth: 2,
    keywordCase: 'preserve',
    expressionWidth: 320,
  });
  return [`-- ${line}`, ...bound.map((value, index) => `-- ?${index + 1} = ${value}`), written, ''].join(
    '\n',
  );
}

/**
 * The SQL of each query, to be read in a review. `npx vitest run test/catalog/golden-sql.test.ts -u` writes it anew.
 */
it.each(catalog.map((query) => [query.name, query] as const))(
  '%s is asked by the SQL in its golden file',
  async (name, query) => {
    await expect(goldenOf(exampleLine(query))).toMatchFileSnapshot(`golden/${name}.sql`);
  },
);
