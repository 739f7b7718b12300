import type { IncomingMessage } from 'node:http';
import { HTTPReceiver, type Logger } from '@slack/bolt';
import { LIMITS } from '../../render/limits.ts';

/** What signed requests need. */
export interface HttpParts {
  readonly signingSecret: string;
  readonly logger: Logger;
  readonly now: () => Date;
}

/**
 * Slack's requests over HTTP, signed. The SDK refuses old timestamps but takes those of the future, with which a
 * stolen request could be kept and played back later: these are refused here.
 */
export function createSignedRequests({ signingSecret, logger, now }: HttpParts): HTTPReceiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger,
    endpoints: ['/slack/events'],
    customPropertiesExtractor: ({ headers }) => ({ deliveryId: headers['x-slack-signature'] }),
  });
  const listener = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (!isOfTheFuture(request, now())) return listener(request, response);
    logger.warn('a request was refused: its timestamp is in the future');
    request.resume();
    response.writeHead(401).end();
  };
  return receiver;
}

function isOfTheFuture({ headers }: IncomingMessage, now: Date): boolean {
  const atSeconds = Number(headers['x-slack-request-timestamp']);
  return atSeconds > now.getTime() / 1000 + LIMITS.signatureSeconds;
}
