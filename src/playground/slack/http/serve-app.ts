import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { Fault } from '../faults.ts';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import { createCallAnswerer, type IncomingCall } from '../web-api/answer-call.ts';
import { type Env, limitBody } from './guards.ts';
import type { HandlerSettings } from './request-handler.ts';

/** Creates the routes that the app calls: `/api/<method>` and `/upload/<file id>`, each with the fault that waits for it. */
export function createAppRoutes({
  options,
  stage,
  faults,
  record,
  newSocketUrl,
}: HandlerSettings): Hono<Env> {
  const { world, playgroundUrl } = stage;
  const context = { world, scopes: options.scopes, playgroundUrl, newSocketUrl };
  const tokens = { bot: options.botToken, app: options.appToken };
  const answerCall = createCallAnswerer(context, tokens, record);
  const app = new Hono<Env>();
  app.on(['GET', 'POST'], '/api/:method', limitBody(PLAYGROUND_LIMITS.bodyBytes), async (c) => {
    const call = await readCall(c, c.req.param('method'));
    const fault = faults.takeFor(call.method);
    const isCarriedOut =
      !fault || fault.kind === 'delay' || (fault.kind === 'drop' && fault.when === 'after');
    if (fault && !isCarriedOut) {
      record({ method: call.method, args: {}, result: fault.kind, at: options.now() });
      return fail(c, fault);
    }
    if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    const answer = answerCall(call);
    return fault?.kind === 'drop' ? fail(c, fault) : c.json(answer, 200, { 'cache-control': 'no-store' });
  });
  app.post('/upload/:file', limitBody(PLAYGROUND_LIMITS.uploadBytes), async (c) => {
    const file = world.files.find(c.req.param('file'));
    const body = Buffer.from(await c.req.arrayBuffer());
    const fault = faults.takeFor('upload');
    if (fault) return fail(c, fault);
    if (!file || file.content) return c.text('no such upload', 404);
    const content = await readContent(c.req.header('content-type') ?? '', body);
    if (!content) return c.text('not a form', 400);
    world.files.put({ ...file, content });
    return c.text(`OK - ${content.length}`);
  });
  return app;
}

async function readCall({ req }: Context<Env>, method: string): Promise<IncomingCall> {
  return {
    method,
    contentType: req.header('content-type') ?? '',
    authorization: req.header('authorization'),
    query: new URL(req.url).searchParams.toString(),
    body: await req.text(),
  };
}

/** A file comes as it is, or as the only part of a form; undefined for a form that cannot be read. */
async function readContent(contentType: string, body: Buffer): Promise<Buffer | undefined> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const sent = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const form = await sent.formData().catch(() => undefined);
  if (form === undefined) return undefined;
  const [part] = [...form.values()];
  if (part === undefined) return Buffer.alloc(0);
  return typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
}

/** Answers a call that a fault keeps from being carried out, or whose answer it loses. */
function fail(c: Context<Env>, fault: Fault): Response | Promise<Response> {
  switch (fault.kind) {
    case 'rate_limited':
      return c.json({ ok: false, error: 'ratelimited' }, 429, {
        'retry-after': String(fault.retryAfterSeconds),
      });
    case 'http_error':
      return new Response('upstream trouble', { status: fault.status });
    case 'error':
      return c.json({ ok: false, error: fault.error });
    case 'drop':
      c.env.outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    // The connection stays open and silent until the caller gives up or the playground stops.
    case 'hang':
    case 'delay':
      return new Promise(() => {});
  }
}
