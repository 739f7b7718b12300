import type { LogEvent, LogGroups, WantedEvents } from '../../../src/core/lake/log-groups.ts';
import { fault } from '../../support/with-fault.ts';

/** A region with log groups in memory. */
export interface FakeLogGroups extends LogGroups {
  /** What was asked for, in order. */
  readonly asked: WantedEvents[];
  /** Adds events, as they are delivered. */
  put(logGroup: string, events: readonly LogEvent[]): void;
}

/** Gives pages of so many events, an empty one before each, and refuses what CloudWatch Logs refuses. */
export function fakeLogGroups(eventsAPage = 3): FakeLogGroups {
  const groups = new Map<string, LogEvent[]>();
  const asked: WantedEvents[] = [];
  return {
    asked,
    put(logGroup, events) {
      groups.set(logGroup, [...(groups.get(logGroup) ?? []), ...events]);
    },
    async *pages(wanted, signal) {
      const { logGroup, fromSeconds, toSeconds, most = Number.POSITIVE_INFINITY } = wanted;
      asked.push(wanted);
      const stored = groups.get(logGroup);
      if (stored === undefined) throw fault('not-found', 'logs:FilterLogEvents');
      if (!Number.isInteger(fromSeconds) || !Number.isInteger(toSeconds) || fromSeconds >= toSeconds)
        throw fault('refused', 'logs:FilterLogEvents');
      const found = stored
        .filter(({ timestampMs }) => timestampMs >= fromSeconds * 1_000 && timestampMs < toSeconds * 1_000)
        .toSorted((a, b) => a.timestampMs - b.timestampMs)
        .slice(0, most);
      for (let at = 0; at < Math.max(found.length, 1); at += eventsAPage) {
        signal.throwIfAborted();
        yield [];
        yield found.slice(at, at + eventsAPage);
      }
    },
  };
}
