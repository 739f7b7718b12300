import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A message of the app, as it is by now. */
interface PostedMessage {
  /** The request that it is about; empty where it says none. */
  readonly request: string;
  readonly part: 'status' | 'answer' | '';
  text: string;
  changedMs: number;
  /** Every text that it has had. */
  readonly texts: string[];
}

/**
 * A Slack that takes calls and is as far away as one says. It checks nothing, so that it takes less time than the app that
 * is measured: the look-alike of the playground is what checks.
 */
export interface DistantSlack {
  readonly apiUrl: string;
  /** An address of which what is sent to it is dropped. */
  readonly responseUrl: string;
  readonly messages: readonly PostedMessage[];
  readonly calls: number;
  stop(): Promise<void>;
}

const METADATA = z.object({
  event_payload: z.object({ request: z.string(), part: z.enum(['status', 'answer']) }),
});

/** Starts it; `delayMs` says how long a call takes, by the channel that it is for. */
export async function startDistantSlack(delayMs: (channel: string) => number): Promise<DistantSlack> {
  const messages: PostedMessage[] = [];
  const byTs = new Map<string, PostedMessage>();
  let calls = 0;

  function post(form: URLSearchParams): Record<string, unknown> {
    const ts = `1700000000.${String(messages.length).padStart(6, '0')}`;
    const metadata = METADATA.safeParse(JSON.parse(form.get('metadata') ?? '{}'));
    const { request, part } = metadata.data?.event_payload ?? { request: '', part: '' as const };
    const message = { request, part, text: form.get('text') ?? '', changedMs: performance.now(), texts: [] };
    messages.push(message);
    byTs.set(`${form.get('channel')} ${ts}`, message);
    return { ts, channel: form.get('channel') };
  }

  function update(form: URLSearchParams): Record<string, unknown> {
    const message = byTs.get(`${form.get('channel')} ${form.get('ts')}`);
    if (message === undefined) return { ok: false, error: 'message_not_found' };
    message.texts.push(message.text);
    message.text = form.get('text') ?? '';
    message.changedMs = performance.now();
    return { ts: form.get('ts') };
  }

  function answer(method: string, form: URLSearchParams, base: string): Record<string, unknown> {
    if (method === 'auth.test')
      return { user: 'flowlog', user_id: 'U0BOT', bot_id: 'B0BOT', team_id: 'T0ACME' };
    if (method === 'users.info')
      return { user: { id: form.get('user'), tz: 'Europe/Berlin', team_id: 'T0ACME' } };
    if (method === 'chat.postMessage') return post(form);
    if (method === 'chat.update') return update(form);
    if (method === 'files.getUploadURLExternal') return { upload_url: `${base}/upload`, file_id: 'F0FILE' };
    return {};
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    calls += 1;
    const body = await text(request);
    const base = `http://${request.headers.host}`;
    const method = /^\/api\/([\w.]+)$/.exec(request.url ?? '')?.[1];
    const form = new URLSearchParams(method === undefined ? '' : body);
    await sleep(delayMs(form.get('channel') ?? form.get('channel_id') ?? ''));
    const said = method === undefined ? {} : answer(method, form, base);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ...said }));
  }

  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    responseUrl: `http://127.0.0.1:${port}/response`,
    messages,
    get calls() {
      return calls;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
