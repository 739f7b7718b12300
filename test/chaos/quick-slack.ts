import { z } from 'zod';
import { isWorkedOn } from './load.ts';

/** A button of a message of the app, which a person may press. */
export interface ShownButton {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly actionId: string;
  readonly value: string;
}

/** A Slack that takes each call at once, in this process, and keeps no more than what is worked on and the last buttons. */
export interface QuickSlack {
  readonly fetch: typeof globalThis.fetch;
  /** How many messages show that a question is worked on. */
  working(): number;
  readonly calls: number;
  /** The buttons of the latest messages. */
  readonly buttons: readonly ShownButton[];
}

const MOST_BUTTONS = 200;

/** Where the app is no member, so that answers go to who asks alone. */
export const STRANGE_CHANNEL = 'C0STRANGE';

const BUTTONS = z.array(
  z.object({
    elements: z
      .array(z.object({ type: z.string(), action_id: z.string().optional(), value: z.string().optional() }))
      .optional(),
  }),
);

/** Creates it; `base` is the address of its API. */
export function createQuickSlack(base: string): QuickSlack {
  const working = new Map<string, true>();
  const buttons: ShownButton[] = [];
  let [calls, posted] = [0, 0];

  function show(form: URLSearchParams, ts: string): void {
    const channel = form.get('channel') ?? '';
    if (isWorkedOn(form.get('text') ?? '')) working.set(`${channel} ${ts}`, true);
    else working.delete(`${channel} ${ts}`);
    // Reading each message would take longer than writing it.
    if (calls % 5 !== 0) return;
    const threadTs = form.get('thread_ts') ?? undefined;
    for (const { elements = [] } of BUTTONS.parse(JSON.parse(form.get('blocks') ?? '[]')))
      for (const { type, action_id: actionId, value } of elements)
        if (type === 'button' && actionId !== undefined && value !== undefined)
          buttons.push({ channel, ts, threadTs, actionId, value });
    buttons.splice(0, buttons.length - MOST_BUTTONS);
  }

  function answer(method: string, form: URLSearchParams): Record<string, unknown> {
    const isStrange = form.get('channel') === STRANGE_CHANNEL;
    switch (method) {
      case 'auth.test':
        return { user: 'flowlog', user_id: 'U0BOT', bot_id: 'B0BOT', team_id: 'T0ACME' };
      case 'users.info':
        return { user: { id: form.get('user'), tz: 'Europe/Berlin', team_id: 'T0ACME' } };
      case 'chat.postMessage': {
        if (isStrange) return { ok: false, error: 'not_in_channel' };
        posted += 1;
        const ts = `17000${String(posted).padStart(5, '0')}.000100`;
        show(form, ts);
        return { ts, channel: form.get('channel') };
      }
      case 'chat.update':
        show(form, form.get('ts') ?? '');
        return { ts: form.get('ts') };
      case 'files.getUploadURLExternal':
        return { upload_url: `${base}upload`, file_id: 'F0FILE' };
      default:
        return {};
    }
  }

  async function read(body: unknown): Promise<string> {
    if (typeof body === 'string') return body;
    // A file is read to its end, as Slack does.
    if (body !== null && typeof body === 'object' && Symbol.asyncIterator in body)
      for await (const _ of body as AsyncIterable<unknown>);
    return '';
  }

  return {
    buttons,
    working: () => working.size,
    get calls() {
      return calls;
    },
    async fetch(url, init) {
      calls += 1;
      const { pathname } = new URL(String(url));
      const body = await read(init?.body);
      const method = /^\/api\/([\w.]+\.\w+)$/.exec(pathname)?.[1];
      const said = method === undefined ? {} : answer(method, new URLSearchParams(body));
      return new Response(JSON.stringify({ ok: true, ...said }), {
        headers: { 'content-type': 'application/json' },
      });
    },
  };
}
