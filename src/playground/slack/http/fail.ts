import type { ServerResponse } from 'node:http';
import type { Fault } from '../faults.ts';
import { sendJson, sendText } from './send.ts';

/** Answers a call that a fault keeps from being carried out. */
export function fail(fault: Fault, response: ServerResponse): void {
  if (fault.kind === 'rate_limited') {
    response.setHeader('retry-after', String(fault.retryAfterSeconds));
    sendJson(response, 429, { ok: false, error: 'ratelimited' });
  }
  if (fault.kind === 'http_error') sendText(response, fault.status, 'upstream trouble');
  if (fault.kind === 'error') sendJson(response, 200, { ok: false, error: fault.error });
  if (fault.kind === 'drop') response.destroy();
  // `hang`: the connection stays open and silent until the caller gives up or the desk stops.
}
