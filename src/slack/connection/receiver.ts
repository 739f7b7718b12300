import type { Logger, Receiver } from '@slack/bolt';
import { createSignedRequests } from './signed-requests.ts';
import { createTwoSockets } from './sockets.ts';

/** How Slack reaches the app: over sockets that the app opens, or by requests to a public address. */
export type DeliveryMode =
  | { readonly kind: 'socket'; readonly appToken: string }
  | {
      readonly kind: 'http';
      readonly signingSecret: string;
      readonly port: number;
      readonly host?: string | undefined;
    };

/** What either way needs. */
export interface DeliveryParts {
  readonly slackApiUrl: string | undefined;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Creates the receiver of a mode. */
export function createReceiver(mode: DeliveryMode, parts: DeliveryParts): Receiver {
  return mode.kind === 'socket'
    ? createTwoSockets({ ...mode, ...parts })
    : createSignedRequests({ ...mode, ...parts });
}
