import type { FetchFunction } from '@slack/web-api';
import { z } from 'zod';
import { SlackUrlError } from '../api/slack-refusal.ts';

const REFUSED = z.object({ ok: z.literal(false), error: z.string() });

/** Refusals of a start that another try does not change. */
const FOR_GOOD =
  /^(not_authed|invalid_auth|account_inactive|user_removed_from_team|team_disabled|token_(revoked|expired)|not_allowed_token_type|missing_scope|link_disabled)$/;

/** Calls that ask Slack for a socket, and why Slack does not give any. */
interface SocketCalls {
  readonly fetch: FetchFunction;
  /** Rejects when Slack refuses for good, before `joined`. */
  readonly refused: Promise<never>;
  /** From now on every refusal is one that passes: the app does not end because of one. */
  joined(): void;
}

/**
 * Makes refusals look like connections that broke, which the client tries again for ever. The SDK's own second try of a
 * refused call is one of which no one hears how it ends: an unhandled rejection, which ends the process.
 */
export function createSocketCalls(fetch: FetchFunction): SocketCalls {
  let hasJoined = false;
  let refuse = (_: Error) => {};
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  // Whoever starts looks at it; a start that was refused otherwise does not.
  refused.catch(() => undefined);
  return {
    refused,
    joined() {
      hasJoined = true;
    },
    async fetch(url, init) {
      const response = await fetch(url, init);
      const text = await response.text();
      const { status, statusText } = response;
      const read = status === 200 ? REFUSED.safeParse(JSON.parse(text)) : undefined;
      if (read?.success) {
        const { error } = read.data;
        if (!hasJoined && FOR_GOOD.test(error)) refuse(new SlackUrlError(error));
        throw new SlackUrlError(error);
      }
      return new Response(text, {
        status,
        statusText,
        headers: new Headers([...response.headers.entries()]),
      });
    },
  };
}
