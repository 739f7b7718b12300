import { describe, expect, it } from 'vitest';
import type { LogInsights } from '../../../src/core/lake/log-insights.ts';
import { json, jsonFault, script } from '../../fakes/aws/answers.ts';
import type { AwsAnswer } from '../../fakes/aws/fake-aws.ts';
import { givenAws, signal } from '../given-aws.ts';

/** Logs Insights that answers so, and what it was asked. */
async function givenInsights(answers: Readonly<Record<string, readonly AwsAnswer[]>>) {
  const turns: string[] = [];
  const { aws, site } = await givenAws(script(answers), {
    newInsightsPace: () => async (call) => {
      turns.push(call);
    },
  });
  const insights = site.insights as LogInsights;
  const asked = () => aws.calls.filter(({ action }) => action in answers).map(({ body }) => JSON.parse(body));
  return { insights, asked, turns };
}

const QUERY = { logGroup: '/flowlog/vpc', fromSeconds: 1_000, toSeconds: 1_300, text: 'fields @message' };
const row = (time: string, message: string) => [
  { field: '@timestamp', value: time },
  { field: '@message', value: message },
  { field: '@ptr', value: 'x' },
];

describe('Logs Insights', () => {
  it('is asked for a time up to but not including its end, and for the most rows', async () => {
    const { insights, asked, turns } = await givenInsights({ StartQuery: [json({ queryId: 'q1' })] });
    expect(await insights.start(QUERY, signal)).toBe('q1');
    expect(asked()).toEqual([
      {
        logGroupName: '/flowlog/vpc',
        startTime: 1_000,
        endTime: 1_299,
        queryString: 'fields @message',
        limit: 100_000,
      },
    ]);
    expect(turns).toEqual(['StartQuery']);
  });

  it('finds the newest query with a mark that did not fail, on any page', async () => {
    const of = (queryId: string, status: string, createTime: number, queryString = '# mark') => ({
      queryId,
      status,
      createTime,
      queryString,
    });
    const { insights, asked } = await givenInsights({
      DescribeQueries: [
        json({ queries: [of('other', 'Complete', 9, '# another')], nextToken: 'two' }),
        json({ queries: [of('old', 'Complete', 1), of('new', 'Running', 2), of('gone', 'Cancelled', 3)] }),
        json({}),
      ],
    });
    expect(await insights.find('/flowlog/vpc', 'mark', signal)).toBe('new');
    expect(asked()).toEqual([
      { logGroupName: '/flowlog/vpc' },
      { logGroupName: '/flowlog/vpc', nextToken: 'two' },
    ]);
    expect(await insights.find('/flowlog/vpc', 'mark', signal)).toBeUndefined();
  });

  it.each([
    ['Scheduled', 'under-way'],
    ['Running', 'under-way'],
    ['Complete', 'complete'],
    ['Failed', 'failed'],
    ['Cancelled', 'stopped'],
    ['Timeout', 'failed'],
    ['Unknown', 'failed'],
  ])('that says %s is %s, and says what it has read', async (status, state) => {
    const { insights } = await givenInsights({
      GetQueryResults: [json({ status, statistics: { bytesScanned: 12_345 }, results: [] })],
    });
    expect(await insights.look('q1', signal)).toEqual({ state, scannedBytes: 12_345 });
  });

  it('gives all pages of rows with their times, in whatever form those are', async () => {
    const statistics = { bytesScanned: 99, recordsMatched: 2 };
    const { insights, asked } = await givenInsights({
      GetQueryResults: [
        json({
          status: 'Complete',
          statistics,
          results: [row('2026-03-05 12:00:01.500', 'a b')],
          nextToken: 'two',
        }),
        json({ status: 'Complete', statistics, results: [row('1772712000000', 'c d'), row('odd', 'e'), []] }),
      ],
    });
    expect(await insights.rows('q1', signal)).toEqual({
      state: 'complete',
      scannedBytes: 99,
      isCut: false,
      events: [
        { timestampMs: Date.parse('2026-03-05T12:00:01.500Z'), message: 'a b' },
        { timestampMs: 1_772_712_000_000, message: 'c d' },
      ],
    });
    expect(asked()).toEqual([
      { queryId: 'q1', maxItems: 10_000 },
      { queryId: 'q1', maxItems: 10_000, nextToken: 'two' },
    ]);
  });

  it('says that rows are missing where more records matched, and where a full page is all that came', async () => {
    const some = (amount: number) => Array.from({ length: amount }, () => row('1772712000000', 'a b'));
    const { insights } = await givenInsights({
      GetQueryResults: [
        json({ status: 'Complete', statistics: { recordsMatched: 3 }, results: some(2) }),
        json({ status: 'Complete', results: some(10_000) }),
      ],
    });
    expect(await insights.rows('q1', signal)).toMatchObject({ isCut: true });
    expect(await insights.rows('q1', signal)).toMatchObject({ isCut: true });
  });

  it('is asked for a query once: what became of it is looked for first', async () => {
    const broken = { status: 500, body: '{}' };
    const { insights, asked } = await givenInsights({ StartQuery: [broken, broken] });
    await expect(insights.start(QUERY, signal)).rejects.toMatchObject({ code: 'broken' });
    expect(asked()).toHaveLength(1);
  });

  it('names what AWS refuses with the call', async () => {
    const { insights } = await givenInsights({
      StartQuery: [jsonFault('AccessDeniedException', 'not you')],
      StopQuery: [jsonFault('InvalidParameterException', 'it has ended')],
    });
    await expect(insights.start(QUERY, signal)).rejects.toMatchObject({
      code: 'denied',
      call: 'logs:StartQuery',
    });
    await expect(insights.stop('q1', signal)).rejects.toMatchObject({ call: 'logs:StopQuery' });
  });
});
