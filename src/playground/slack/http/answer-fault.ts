import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Fault } from '../faults.ts';
import type { Env } from './guards.ts';

/** Whether the call is carried out, and only its answer gets lost, or comes late. */
export function isCarriedOut(fault: Fault): boolean {
  if (fault.kind === 'drop') return fault.when === 'after';
  return fault.kind === 'delay' || fault.kind === 'cut_off' || fault.kind === 'stall';
}

/** Whether the answer of a call that was carried out gets lost. */
export function losesAnswer(fault: Fault | undefined): fault is Fault {
  return fault !== undefined && fault.kind !== 'delay';
}

/** Waits for a call that is slow. */
export async function delayOf(fault: Fault | undefined): Promise<void> {
  if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
}

const PAGE = '<!DOCTYPE html><html><head><title>Slack</title></head><body>Be right back</body></html>';

/**
 * Answers a call that a fault keeps from being carried out, or whose `answer` it loses. Slack's own errors have the HTTP
 * status 200 everywhere but at addresses that it gave out.
 */
export function fail(
  c: Context<Env>,
  fault: Fault,
  answer = '',
  errorStatus: 200 | 400 | 404 = 200,
): Response | Promise<Response> {
  switch (fault.kind) {
    case 'rate_limited':
      return c.json({ ok: false, error: 'ratelimited' }, 429, retryAfter(fault.retryAfterSeconds));
    case 'http_error':
      return new Response('upstream trouble', { status: fault.status });
    case 'error':
      return c.json({ ok: false, error: fault.error }, errorStatus);
    case 'html':
      return c.html(PAGE);
    case 'drop':
      c.env.outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    case 'cut_off':
    case 'stall':
      return breakOff(c, fault.kind, answer);
    // The connection stays open and silent until the caller gives up or the playground stops.
    case 'hang':
    case 'delay':
      return new Promise(() => {});
  }
}

function retryAfter(after: number | 'unsaid' | Date): Record<string, string> {
  if (after === 'unsaid') return {};
  return { 'retry-after': after instanceof Date ? after.toUTCString() : String(after) };
}

/** Sends half of an answer, and then nothing: the connection breaks, or stays open. */
function breakOff(c: Context<Env>, kind: 'cut_off' | 'stall', answer: string): Response {
  const { outgoing } = c.env;
  outgoing.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(answer),
  });
  outgoing.write(answer.slice(0, answer.length / 2), () => {
    if (kind === 'cut_off') outgoing.destroy();
  });
  return RESPONSE_ALREADY_SENT;
}
