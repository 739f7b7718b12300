import type { GetQueryResultsResponse, ResultField } from '@aws-sdk/client-cloudwatch-logs';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { LogEvent } from '../../core/lake/log-groups.ts';
import type { InsightsLook, InsightsState, LogInsights } from '../../core/lake/log-insights.ts';
import { callAws } from '../call.ts';
import type { AwsClients } from '../clients.ts';
import { createRate, type Rate, type RateClock } from '../rate.ts';

/** The calls of Logs Insights whose rate is kept. */
type InsightsCall = keyof typeof AWS_LIMITS.insightsCallsPerSecond;

/** Waits until a call of Logs Insights may be made in one region of one account. */
export type InsightsPace = (call: InsightsCall, signal: AbortSignal) => Promise<void>;

/** Keeps the calls of this process in one region of one account within the rates that AWS gives. */
export function createInsightsPace(clock: RateClock): InsightsPace {
  const rates = new Map<string, Rate>(
    Object.entries(AWS_LIMITS.insightsCallsPerSecond).map(([call, perSecond]) => [
      call,
      createRate(perSecond, clock),
    ]),
  );
  return async (call, signal) => rates.get(call)?.(signal);
}

/** Logs Insights as one account reaches it in one region. */
export function createAwsLogInsights(
  { logs, logsOnce }: Pick<AwsClients, 'logs' | 'logsOnce'>,
  pace: InsightsPace,
): LogInsights {
  async function results(
    queryId: string,
    page: { readonly maxItems: number; readonly nextToken?: string },
    signal: AbortSignal,
  ): Promise<GetQueryResultsResponse> {
    await pace('GetQueryResults', signal);
    const client = await logs();
    return callAws('logs:GetQueryResults', signal, () =>
      client.getQueryResults({ queryId, ...page }, { abortSignal: signal }),
    );
  }

  return {
    async start({ logGroup, fromSeconds, toSeconds, text }, signal) {
      await pace('StartQuery', signal);
      const client = await logsOnce();
      const request = {
        logGroupName: logGroup,
        startTime: fromSeconds,
        // An event of the end itself would be read too.
        endTime: toSeconds - 1,
        queryString: text,
        limit: AWS_LIMITS.insightsRows,
      };
      const { queryId = '' } = await callAws('logs:StartQuery', signal, () =>
        client.startQuery(request, { abortSignal: signal }),
      );
      return queryId;
    },
    async find(logGroup, mark, signal) {
      let nextToken: string | undefined;
      do {
        await pace('DescribeQueries', signal);
        const client = await logs();
        const page = { logGroupName: logGroup, ...(nextToken !== undefined && { nextToken }) };
        const found = await callAws('logs:DescribeQueries', signal, () =>
          client.describeQueries(page, { abortSignal: signal }),
        );
        const own = (found.queries ?? [])
          .filter(
            ({ queryString = '', status }) => queryString.includes(mark) && GIVES_ROWS.has(stateOf(status)),
          )
          .toSorted((a, b) => (b.createTime ?? 0) - (a.createTime ?? 0));
        if (own[0] !== undefined) return own[0].queryId;
        nextToken = found.nextToken === nextToken ? undefined : found.nextToken;
      } while (nextToken !== undefined);
      return undefined;
    },
    look: async (id, signal) => lookOf(await results(id, { maxItems: 1 }, signal)),
    async rows(id, signal) {
      const events: LogEvent[] = [];
      let matched = 0;
      for (let nextToken: string | undefined; ; ) {
        const page = {
          maxItems: AWS_LIMITS.insightsRowsPerPage,
          ...(nextToken !== undefined && { nextToken }),
        };
        const given = await results(id, page, signal);
        events.push(...(given.results ?? []).flatMap(eventOf));
        matched = Math.max(matched, given.statistics?.recordsMatched ?? 0);
        if (given.nextToken === undefined || given.nextToken === nextToken)
          return {
            ...lookOf(given),
            events,
            isCut: events.length < matched || isAsManyAsGiven(events.length),
          };
        nextToken = given.nextToken;
      }
    },
    async stop(queryId, signal) {
      await pace('StopQuery', signal);
      const client = await logs();
      await callAws('logs:StopQuery', signal, () => client.stopQuery({ queryId }, { abortSignal: signal }));
    },
  };
}

/** A result of exactly the most that is given may be cut; so may one of a single page from a region that gives no others. */
function isAsManyAsGiven(rows: number): boolean {
  return rows >= AWS_LIMITS.insightsRows || rows === AWS_LIMITS.insightsRowsPerPage;
}

function lookOf({ status, statistics }: GetQueryResultsResponse): InsightsLook {
  return { state: stateOf(status), scannedBytes: statistics?.bytesScanned ?? 0 };
}

const GIVES_ROWS: ReadonlySet<InsightsState> = new Set<InsightsState>(['under-way', 'complete']);

const STATES: Readonly<Record<string, InsightsState>> = {
  Scheduled: 'under-way',
  Running: 'under-way',
  Complete: 'complete',
  Cancelled: 'stopped',
};

function stateOf(status = ''): InsightsState {
  return STATES[status] ?? 'failed';
}

/** The time is written in UTC, `2026-11-24 09:05:00.000`; others write epoch milliseconds. */
function eventOf(row: readonly ResultField[]): readonly LogEvent[] {
  const value = (name: string) => row.find(({ field }) => field === name)?.value;
  const [time, message] = [value('@timestamp'), value('@message')];
  if (time === undefined || message === undefined) return [];
  const timestampMs = /^\d+$/.test(time) ? Number(time) : Date.parse(`${time.replace(' ', 'T')}Z`);
  return Number.isNaN(timestampMs) ? [] : [{ timestampMs, message }];
}
