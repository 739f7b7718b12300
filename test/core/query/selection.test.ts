import { addHours } from 'date-fns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  actionColumn,
  addressColumn,
  countColumn,
  optionalCountColumn,
  textColumn,
} from '../../../src/core/query/columns.ts';
import { phrase } from '../../../src/core/query/finding.ts';
import { flow, flowColumns } from '../../../src/core/query/flow-columns.ts';
import { defineQuery } from '../../../src/core/query/query.ts';
import { columnsNamed } from '../../../src/core/query/selection.ts';
import { sql } from '../../../src/core/sql/sql.ts';
import { recordsOf } from '../../fixtures/log-records.ts';
import { writeRecords } from '../../fixtures/write-records.ts';
import { NOW, STORY_WINDOW, storyLake } from '../../support/ask-fixture.ts';
import { type OpenLake, openLake } from '../../support/open-lake.ts';
import { readSql } from '../../support/read-sql.ts';
import { sharedFolder } from '../../support/shared-folder.ts';

const COMMON = {
  summary: 'A query of these tests',
  about: 'A query of these tests.',
  args: {},
  finding: () => phrase`Found.`,
  subject: () => phrase`traffic`,
};

/** Sources with more than ten records, and those pairs of them with more than one destination. */
const busy = defineQuery({
  ...COMMON,
  name: 'busy',
  columns: { source: addressColumn('From'), records: countColumn('Records') },
  order: ['records desc', 'source'],
  sql: () => ({
    from: 'flows',
    where: sql`TRUE`,
    groupBy: flowColumns('source'),
    select: { records: sql`count(*)` },
    having: sql`count(*) > 10 AND min(${flow.start_seconds}) > 0`,
  }),
});

const spread = defineQuery({
  ...COMMON,
  name: 'spread',
  columns: { source: addressColumn('From'), peers: countColumn('Peers') },
  order: ['peers desc', 'source'],
  sql: () => ({
    from: { from: 'flows', where: sql`TRUE`, groupBy: flowColumns('source', 'destination'), select: {} },
    groupBy: columnsNamed('source'),
    select: { peers: sql`count(*)` },
    having: sql`count(*) > 1`,
  }),
});

/** Every group with how many records the one before it had. */
const steps = defineQuery({
  ...COMMON,
  name: 'steps',
  columns: {
    action: actionColumn(),
    minute: countColumn('Minute'),
    records: countColumn('Records'),
    before: optionalCountColumn('Before'),
  },
  order: ['action', 'minute'],
  sql: () => ({
    from: {
      from: 'flows',
      where: sql`TRUE`,
      groupBy: { ...flowColumns('action'), minute: sql`${flow.start_seconds} - ${flow.start_seconds} % 600` },
      select: { records: sql`count(*)` },
    },
    per: ['action'],
    orderBy: sql`minute`,
    previous: { before: sql`records` },
  }),
});

/** Records of the window and of the twenty minutes before it. */
const against = defineQuery({
  ...COMMON,
  name: 'against',
  columns: { period: textColumn('Period'), records: countColumn('Records') },
  order: ['period'],
  windows: ({ from }) => ({ before: { from: addHours(from, -1), to: from } }),
  sql: () => ({
    from: 'flows',
    where: sql`TRUE`,
    groupBy: flowColumns('period'),
    select: { records: sql`count(*)` },
  }),
});

let lake: OpenLake;

beforeAll(async () => {
  const folder = await sharedFolder();
  await writeRecords(folder, recordsOf());
  lake = await openLake(folder, NOW, [busy, spread, steps, against]);
});

afterAll(() => lake.close());

describe('having', () => {
  it('keeps groups of records by their aggregates, and the row of coverage with all that was counted', async () => {
    const answer = await lake.ask(`busy ${STORY_WINDOW}`);
    const all = await (await storyLake()).ask(`records top=1000 ${STORY_WINDOW}`);
    const counts = new Map<unknown, number>();
    for (const { pkt_srcaddr, srcaddr } of all.rows) {
      const source = pkt_srcaddr === '-' ? srcaddr : pkt_srcaddr;
      counts.set(source, (counts.get(source) ?? 0) + 1);
    }
    const expected = [...counts.values()].filter((count) => count > 10).length;
    expect(expected).toBeGreaterThan(0);
    expect(answer.rows).toHaveLength(expected);
    expect(answer.coverage.matched).toBe(all.rows.length);
  });

  it('keeps groups of groups', async () => {
    const answer = await lake.ask(`spread ${STORY_WINDOW}`);
    expect(answer.rows.length).toBeGreaterThan(0);
    expect(answer.rows.every(({ peers }) => Number(peers) > 1)).toBe(true);
    expect(answer.coverage.matched).toBeGreaterThan(0);
  });
});

describe('the group before', () => {
  it('is in each row, and is null in the first of those that agree', async () => {
    const { rows } = await lake.ask(`steps ${STORY_WINDOW}`);
    expect(rows.length).toBeGreaterThan(2);
    for (const [index, row] of rows.entries()) {
      const previous = rows[index - 1];
      expect(row.before).toBe(previous?.action === row.action ? previous?.records : null);
    }
  });
});

describe('several windows', () => {
  const SECOND_HALF = 'since 2026-11-22T10:20Z until 2026-11-22T10:40Z';

  it('are read in one statement, each record in the window in which it began', async () => {
    const { rows, statement } = await lake.ask(`against ${SECOND_HALF}`);
    const count = async (window: string) =>
      (await (await storyLake()).ask(`records top=1000 ${window}`)).rows;
    const [asked, before] = [
      await count(SECOND_HALF),
      await count('since 2026-11-22T09:20Z until 2026-11-22T10:20Z'),
    ];
    const border = new Date('2026-11-22T10:20:00Z');
    const began = (row: { readonly start_seconds?: unknown }) =>
      row.start_seconds instanceof Date && row.start_seconds < border;
    expect(rows).toEqual([
      { period: 'asked', records: asked.filter((row) => !began(row)).length },
      { period: 'before', records: before.filter(began).length },
    ]);
    expect(rows.every(({ records }) => Number(records) > 0)).toBe(true);
    const { defined, read } = readSql(statement.text);
    expect(read.filter((name) => !defined.includes(name))).toHaveLength(1);
  });
});
