import type { LogEvent } from '../../../src/core/lake/log-groups.ts';
import type { InsightsLook, LogInsights } from '../../../src/core/lake/log-insights.ts';
import { fault } from '../../support/with-fault.ts';

/** What of Logs Insights a test decides. */
interface FakeInsightsOptions {
  /** The events of a log group; undefined where there is none of that name. */
  readonly eventsOf: (logGroup: string) => readonly LogEvent[] | undefined;
  /** How often a query is looked at until it is complete. */
  readonly looks?: number;
  /** So many rows are given at most. */
  readonly most?: number;
  /** Whether the filter is passed over, as by a server that does not know it. */
  readonly ignoresFilter?: boolean;
}

interface FakeQuery {
  readonly logGroup: string;
  readonly text: string;
  readonly matching: readonly LogEvent[];
  readonly scannedBytes: number;
  looksLeft: number;
  state: InsightsLook['state'];
}

/** Logs Insights in memory. */
export interface FakeLogInsights extends LogInsights {
  readonly queries: ReadonlyMap<string, FakeQuery>;
  readonly stopped: readonly string[];
  /** Has the query end without rows. */
  fail(id: string): void;
}

const MESSAGE =
  /^# (.+)\nfields @timestamp, @message\n\| filter @message like \/(.+)\/\n\| sort @timestamp desc\n\| limit \d+$/;
const LONGEST_TEXT = 10_000;

/** Runs queries of the form that flowlog asks, and refuses what Logs Insights refuses. A query that runs has read half of what it will. */
export function fakeLogInsights({
  eventsOf,
  looks = 2,
  most = Number.POSITIVE_INFINITY,
  ignoresFilter = false,
}: FakeInsightsOptions): FakeLogInsights {
  const queries = new Map<string, FakeQuery>();
  const stopped: string[] = [];
  const known = (id: string, call: string) => {
    const query = queries.get(id);
    if (query === undefined) throw fault('not-found', call);
    return query;
  };
  const lookAt = ({ state, scannedBytes }: FakeQuery): InsightsLook => ({
    state,
    scannedBytes: state === 'complete' ? scannedBytes : scannedBytes / 2,
  });
  return {
    queries,
    stopped,
    fail(id) {
      known(id, 'a test').state = 'failed';
    },
    async start({ logGroup, fromSeconds, toSeconds, text }, signal) {
      signal.throwIfAborted();
      const events = eventsOf(logGroup);
      if (events === undefined) throw fault('not-found', 'logs:StartQuery');
      const [, , filter] = MESSAGE.exec(text) ?? [];
      const isTime = Number.isInteger(fromSeconds) && Number.isInteger(toSeconds) && fromSeconds < toSeconds;
      if (filter === undefined || !isTime || text.length > LONGEST_TEXT)
        throw fault('refused', 'logs:StartQuery');
      const inRange = events.filter(
        ({ timestampMs }) => timestampMs >= fromSeconds * 1_000 && timestampMs < toSeconds * 1_000,
      );
      const matching = inRange
        .filter(({ message }) => ignoresFilter || new RegExp(filter).test(message))
        .toSorted((a, b) => b.timestampMs - a.timestampMs);
      const scannedBytes = inRange.reduce((sum, { message }) => sum + message.length, 0);
      const id = `query-${queries.size + 1}`;
      queries.set(id, { logGroup, text, matching, scannedBytes, looksLeft: looks, state: 'under-way' });
      return id;
    },
    async find(logGroup, mark, signal) {
      signal.throwIfAborted();
      const found = [...queries].findLast(
        ([, each]) =>
          each.logGroup === logGroup &&
          each.text.includes(mark) &&
          each.state !== 'failed' &&
          each.state !== 'stopped',
      );
      return found?.[0];
    },
    async look(id, signal) {
      signal.throwIfAborted();
      const query = known(id, 'logs:GetQueryResults');
      query.looksLeft -= 1;
      if (query.state === 'under-way' && query.looksLeft <= 0) query.state = 'complete';
      return lookAt(query);
    },
    async rows(id, signal) {
      signal.throwIfAborted();
      const query = known(id, 'logs:GetQueryResults');
      const events = query.matching.slice(0, most);
      return { ...lookAt(query), events, isCut: events.length < query.matching.length };
    },
    async stop(id, signal) {
      signal.throwIfAborted();
      const query = known(id, 'logs:StopQuery');
      if (query.state !== 'under-way') throw fault('refused', 'logs:StopQuery');
      query.state = 'stopped';
      stopped.push(id);
    },
  };
}
