import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent, LogGroups, WantedEvents } from '../../core/lake/log-groups.ts';
import { callAws } from '../call.ts';
import type { Rate } from '../rate.ts';

/** Log groups as one account reaches them in one region; `rate` keeps to how often CloudWatch Logs lets itself be asked there. */
export function createAwsLogGroups(logs: () => Promise<CloudWatchLogs>, rate: Rate): LogGroups {
  return {
    async *pages(wanted, signal) {
      let token: string | undefined;
      let left = wanted.most ?? Number.POSITIVE_INFINITY;
      do {
        await rate(signal);
        const { events, next } = await filterEvents(await logs(), wanted, token, signal);
        yield events;
        left -= events.length;
        token = next;
      } while (token !== undefined && left > 0);
    },
  };
}

async function filterEvents(
  logs: CloudWatchLogs,
  { logGroup, fromSeconds, toSeconds, most }: WantedEvents,
  token: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly events: readonly LogEvent[]; readonly next: string | undefined }> {
  const request = {
    logGroupName: logGroup,
    startTime: fromSeconds * 1_000,
    // An event of the end itself would be given too.
    endTime: toSeconds * 1_000 - 1,
    ...(most !== undefined && { limit: most }),
    ...(token !== undefined && { nextToken: token }),
  };
  const { events = [], nextToken } = await callAws('logs:FilterLogEvents', signal, () =>
    logs.filterLogEvents(request, { abortSignal: signal }),
  );
  return {
    events: events.flatMap(({ timestamp, message }) =>
      timestamp === undefined || message === undefined ? [] : [{ timestampMs: timestamp, message }],
    ),
    next: nextToken === token ? undefined : nextToken,
  };
}
