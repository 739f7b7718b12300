import { describe, expect, it } from 'vitest';
import { BUILT_IN, type GivenSample, givenSample, linesOf, SUBNET } from '../support/given-sample.ts';

/** A flow log by the hour or the day, with a table whose partitions are added. */
async function givenTable(hourly: 'yes' | 'no' = 'yes'): Promise<{ given: GivenSample; id: string }> {
  const given = await givenSample();
  await given.done(`setup ${SUBNET} files=text hourly=${hourly}`);
  const id = (await given.state()).flowLogs[0]?.id ?? '';
  await given.pass(70);
  await given.done(`table ${id} mode=partitions`);
  return { given, id };
}

async function added({ state }: GivenSample): Promise<readonly string[]> {
  return (await state()).tables[0]?.partitions.map(({ values }) => values.at(-1) ?? '') ?? [];
}

describe('the plan', () => {
  it('adds the partitions that have files and are not there, and names the others', async () => {
    const { given, id } = await givenTable();
    const { plan } = await given.planned(`partitions ${id} 2026-11-24`);
    expect(plan.headline).toMatch(/^Add 2 partitions to flowlog\.fl_/);
    expect(linesOf(plan)).toEqual([
      '24 partitions in that time: 2 to add, 0 there already, 22 without files.',
      'Without files: 2026/11/24/00, 2026/11/24/01, 2026/11/24/02 and 19 more.',
    ]);
    expect(plan.steps.map(({ words, cost, undo }) => [words, cost, undo])).toEqual([
      [
        'Add 2 partitions, 2026/11/24/09 to 2026/11/24/10',
        'free: DDL scans nothing',
        'dropped with the table',
      ],
    ]);
    expect(plan.steps[0]?.calls[0]).toMatch(/ADD IF NOT EXISTS PARTITION … \(2 of them\)$/);
    expect(await added(given)).toEqual([]);
  });

  it('takes a window instead of days, and needs one of them', async () => {
    const { given, id } = await givenTable();
    expect(linesOf((await given.planned(`partitions ${id} last 90m`)).plan)[0]).toMatch(
      /^2 partitions in that time: 2 to add, 0 there already, 0 without files/,
    );
    expect(await given.refused(`partitions ${id}`)).toEqual({
      problem: '`partitions` needs days or a window.',
      next: `partitions ${id} last 24h`,
    });
  });

  it('is refused with reversed days', async () => {
    const { given, id } = await givenTable();
    expect(await given.refused(`partitions ${id} 2026-11-24..2026-11-20`)).toEqual({
      problem: '`2026-11-24..2026-11-20` ends before it begins.',
      next: `partitions ${id} 2026-11-20..2026-11-24`,
    });
  });

  it('takes 10,000 partitions and no more', async () => {
    const { given, id } = await givenTable('no');
    const first = (days: number) =>
      new Date(Date.parse('2070-01-01T00:00:00Z') - (days - 1) * 86_400_000).toISOString().slice(0, 10);
    for (const days of [9_999, 10_000]) {
      const report = await given.say(`partitions ${id} ${first(days)}..2070-01-01`);
      expect(linesOf(report)[0]).toMatch(
        new RegExp(`^${days.toLocaleString('en-US')} partitions in that time`),
      );
    }
    expect(await given.refused(`partitions ${id} ${first(10_001)}..2070-01-01`)).toEqual({
      problem: 'That is 10,001 partitions; 10,000 are the most at once.',
      next: `Give fewer days, or let the table work its partitions out by itself: \`table ${id} replace=yes\`.`,
    });
  });

  it('needs a table that fits', async () => {
    const given = await givenSample();
    expect(await given.refused(`partitions ${BUILT_IN} 2026-11-24`)).toEqual({
      problem: `The flow log \`${BUILT_IN}\` has no table yet.`,
      next: `table ${BUILT_IN} mode=partitions`,
    });
    const properties = { 'skip.header.line.count': '1' };
    const name = 'fl_0f10f10f10f100001';
    await given.cloud.tables.createTable(
      {
        database: 'flowlog',
        name,
        columns: [],
        partitionKeys: [],
        format: 'text',
        location: 's3://a/',
        properties,
      },
      new AbortController().signal,
    );
    expect((await given.refused(`partitions ${BUILT_IN} 2026-11-24`)).problem).toMatch(
      /does not fit its files: column 1 is missing/,
    );
  });
});

describe('carrying it out', () => {
  it('adds them once, with the folders that they are', async () => {
    const { given, id } = await givenTable();
    await given.done(`partitions ${id} 2026-11-24`);
    expect(await added(given)).toEqual(['2026/11/24/09', '2026/11/24/10']);
    const [table] = (await given.state()).tables;
    expect(table?.partitions[0]?.location).toBe(`${table?.location}2026/11/24/09/`);
    const again = await given.say(`partitions ${id} 2026-11-24`);
    expect(again.headline).toMatch(/^Nothing to add to flowlog\.fl_/);
    expect(linesOf(again)[0]).toBe(
      '24 partitions in that time: 0 to add, 2 there already, 22 without files.',
    );
    expect(await added(given)).toHaveLength(2);
  });

  it('has nothing to do for a table that works them out by itself', async () => {
    const given = await givenSample();
    await given.done('table');
    const report = await given.say('partitions 2026-11-24');
    expect(report.headline).toMatch(/works its partitions out by itself: there is nothing to add$/);
    expect(report.next.map(({ line }) => line)).toEqual([
      `top-talkers in=${BUILT_IN} last 1h`,
      `status ${BUILT_IN}`,
    ]);
  });
});
