import type { Workspace } from '../workspace/workspace.ts';
import type { Delivery } from './delivery.ts';

/** Sends events, and sends them again until the app acknowledges. */
export interface EventSender {
  send(event: Readonly<Record<string, unknown>>): Promise<'acked' | 'timed_out' | 'unreachable'>;
  stop(): void;
}

/** Creates the sender; `retryMs` are the waits before each retry. */
export function createEventSender(
  workspace: Workspace,
  delivery: Delivery,
  retryMs: readonly number[],
): EventSender {
  const timers = new Set<NodeJS.Timeout>();
  return {
    async send(event) {
      const envelope = {
        type: 'events_api',
        payload: wrapEvent(event, workspace),
        acceptsResponsePayload: false,
      } as const;
      const first = await delivery.send(envelope);
      if (first.outcome !== 'acked') retry(1);
      return first.outcome;

      function retry(attempt: number): void {
        const waitMs = retryMs[attempt - 1];
        if (waitMs === undefined) return;
        const timer = setTimeout(async () => {
          timers.delete(timer);
          const ack = await delivery.send(envelope, { attempt, reason: 'timeout' });
          if (ack.outcome !== 'acked') retry(attempt + 1);
        }, waitMs);
        timers.add(timer);
      }
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function wrapEvent(
  event: Readonly<Record<string, unknown>>,
  workspace: Workspace,
): Readonly<Record<string, unknown>> {
  const { team, bot } = workspace;
  return {
    token: 'playground',
    team_id: team.id,
    context_team_id: team.id,
    api_app_id: bot.appId,
    event,
    type: 'event_callback',
    event_id: workspace.newId('Ev'),
    event_time: Math.floor(workspace.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: event.user_team !== undefined,
  };
}
