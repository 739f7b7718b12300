import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BufferedIncomingMessage, HTTPModuleFunctions, HTTPReceiver, type Logger } from '@slack/bolt';
import { redact } from '../../core/redact.ts';
import { admitInTurns } from '../../core/turn-of-loop.ts';
import { LIMITS } from '../../render/limits.ts';
import { payloadKind } from './payload-shape.ts';

/** The secret by which Slack's requests are verified, and the time to check them against. */
interface SigningSettings {
  readonly signingSecret: string;
  readonly logger: Logger;
  readonly now: () => Date;
}

const ENDPOINT = '/slack/events';

/** Slack's payloads hold at most a view or a message with its blocks. */
const MOST_BYTES = 1_000_000;

/** Verifying one takes some half a millisecond. */
const REQUESTS_A_TURN = 8;

/**
 * Slack's requests over HTTP, signed. The SDK takes timestamps of the future, with which a stolen request could be kept
 * and played back later, and ends the process over a body that is no object: both are refused here.
 */
export function createSignedRequests({ signingSecret, logger, now }: SigningSettings): HTTPReceiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger,
    endpoints: [ENDPOINT],
    bodyLimit: MOST_BYTES,
    customPropertiesExtractor: (request) => ({ deliveryId: deliveryId(request) }),
  });
  const listener = receiver.requestListener;
  const admitted = admitInTurns(REQUESTS_A_TURN);

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await admitted();
    if (pathOf(request) !== ENDPOINT || request.method !== 'POST') return turnAway(request, response, 404);
    const refused = await refusal(request, { signingSecret, logger, now });
    if (refused === undefined) return listener(request, response);
    if (refused.status !== 200) logger.warn(`refused a request over HTTP: ${refused.why}`);
    turnAway(request, response, refused.status);
  }

  receiver.requestListener = (request, response) => {
    take(request, response).catch((error: unknown) => {
      logger.warn(`could not read a request over HTTP: ${redact(String(error))}`);
      if (!response.headersSent) turnAway(request, response, 500);
    });
  };
  return receiver;
}

function turnAway(request: IncomingMessage, response: ServerResponse, status: number): void {
  request.resume();
  response.writeHead(status).end();
}

interface Refusal {
  readonly status: 200 | 400 | 401 | 413;
  readonly why: string;
}

/** Why a request does not go on to the SDK; its body is kept with it, so that the SDK can read it again. */
async function refusal(
  request: IncomingMessage,
  { signingSecret, logger, now }: SigningSettings,
): Promise<Refusal | undefined> {
  const isFuture = timestampSeconds(request) > now().getTime() / 1000 + LIMITS.signatureSeconds;
  if (isFuture) return { status: 401, why: 'its timestamp is in the future' };
  let verified: BufferedIncomingMessage;
  try {
    const options = { enabled: true, signingSecret, logger, bodyLimit: MOST_BYTES };
    verified = await HTTPModuleFunctions.parseAndVerifyHTTPRequest(options, request);
  } catch (error) {
    const isTooLarge = HTTPModuleFunctions.isRawBodyError(error) && error.statusCode === 413;
    if (isTooLarge) return { status: 413, why: `it is larger than ${MOST_BYTES} bytes` };
    return { status: 401, why: error instanceof Error ? error.message : 'it is not signed' };
  }
  const kind = payloadKind(parsed(verified));
  if (kind === 'app_rate_limited')
    logger.warn('Slack holds back events of this app, because there were too many');
  if (kind === 'app_rate_limited') return { status: 200, why: 'it asks for nothing' };
  return kind === undefined ? { status: 400, why: 'it is nothing that Slack sends' } : undefined;
}

function parsed(request: BufferedIncomingMessage): unknown {
  try {
    return HTTPModuleFunctions.parseHTTPRequestBody(request);
  } catch {
    return undefined;
  }
}

function pathOf({ url = '/' }: IncomingMessage): string | undefined {
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : undefined;
}

function timestampSeconds({ headers }: IncomingMessage): number {
  return Number(headers['x-slack-request-timestamp']);
}

/**
 * The same for every playback of a request: of the time and the body that were verified. The header of the signature
 * can be written in other ways that verify too.
 */
function deliveryId(request: BufferedIncomingMessage): string {
  // As text, as the SDK verifies it: there all bytes that are no text become the same character.
  return createHash('sha256')
    .update(`${timestampSeconds(request)}:${request.rawBody}`)
    .digest('hex');
}
