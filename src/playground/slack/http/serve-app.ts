import { type Context, Hono } from 'hono';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import { createCallAnswerer, type IncomingCall } from '../web-api/answer-call.ts';
import { flagArgument, parseArguments, textArgument } from '../web-api/api-arguments.ts';
import { type ApiArguments, ApiError } from '../web-api/api-method.ts';
import { readContent } from '../web-api/message.ts';
import type { ResponsePlace } from '../workspace/permits.ts';
import { botAuthor, type Workspace } from '../workspace/workspace.ts';
import { delayOf, fail, isCarriedOut, losesAnswer } from './answer-fault.ts';
import { type Env, type HandlerSettings, limitBody } from './guards.ts';

/**
 * Creates the routes that the app calls: `/api/<method>` and `/upload/<file id>`, each with the fault that waits for it,
 * and `/response/<id>`, its late answers to a command or a press.
 */
export function createAppRoutes({
  options,
  backend,
  faults,
  record,
  newSocketUrl,
}: HandlerSettings): Hono<Env> {
  const { workspace, playgroundUrl } = backend;
  const context = { workspace, scopes: options.scopes, playgroundUrl, newSocketUrl };
  const tokens = { bot: options.botToken, app: options.appToken };
  const answerCall = createCallAnswerer(context, tokens, record);
  const app = new Hono<Env>();
  app.on(['GET', 'POST'], '/api/:method', limitBody(PLAYGROUND_LIMITS.bodyBytes), async (c) => {
    const call = await readCall(c, c.req.param('method'));
    const fault = faults.takeFor(call.method, channelOf(call));
    if (fault && !isCarriedOut(fault)) {
      record({ method: call.method, args: {}, result: fault.kind, at: options.now() });
      return fail(c, fault);
    }
    await delayOf(fault);
    const answer = answerCall(call);
    return losesAnswer(fault)
      ? fail(c, fault, JSON.stringify(answer))
      : c.json(answer, 200, { 'cache-control': 'no-store' });
  });
  app.post('/upload/:file', limitBody(PLAYGROUND_LIMITS.uploadBytes), async (c) => {
    const file = workspace.files.find(c.req.param('file'));
    const body = Buffer.from(await c.req.arrayBuffer());
    const fault = faults.takeFor('upload');
    if (fault && !isCarriedOut(fault)) return fail(c, fault, '', 400);
    await delayOf(fault);
    if (!file || file.content) return c.text('no such upload', 404);
    const content = await readUpload(c.req.header('content-type') ?? '', body);
    if (!content) return c.text('not a form', 400);
    workspace.files.put({ ...file, content });
    const answer = `OK - ${content.length}`;
    return losesAnswer(fault) ? fail(c, fault, answer) : c.text(answer);
  });
  app.post('/response/:id', limitBody(PLAYGROUND_LIMITS.bodyBytes), async (c) => {
    const body = readAnswer(await c.req.text());
    if (body === undefined) return c.json({ ok: false, error: 'invalid_payload' }, 400);
    const fault = faults.takeFor('response');
    if (fault && !isCarriedOut(fault)) return fail(c, fault, '', 404);
    await delayOf(fault);
    const use = workspace.responseUrls.use(c.req.param('id'));
    if ('error' in use) return c.json({ ok: false, error: use.error }, 404);
    try {
      writeAnswer(workspace, use.place, body);
      return losesAnswer(fault) ? fail(c, fault, 'ok') : c.text('ok');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return c.json({ ok: false, error: error.error }, 400);
    }
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
async function readUpload(contentType: string, body: Buffer): Promise<Buffer | undefined> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const sent = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const form = await sent.formData().catch(() => undefined);
  if (form === undefined) return undefined;
  const [part] = [...form.values()];
  if (part === undefined) return Buffer.alloc(0);
  return typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
}

function channelOf({ contentType, body }: IncomingCall): string | undefined {
  try {
    return textArgument(parseArguments(contentType, body), 'channel');
  } catch {
    return undefined;
  }
}

function readAnswer(text: string): ApiArguments | undefined {
  try {
    return parseArguments('application/json', text);
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

/** Posts a new message, or gives a new text to the message that was pressed. @throws ApiError */
function writeAnswer(workspace: Workspace, place: ResponsePlace, body: ApiArguments): void {
  if (flagArgument(body, 'delete_original')) throw new ApiError('delete_original is not played here');
  const origin = place.originTs ? workspace.messages.find(place.channel, place.originTs) : undefined;
  // Only the app's own messages can be replaced: never what a person typed.
  const original = origin?.author.id === workspace.bot.userId ? origin : undefined;
  const content = readContent(body, workspace);
  if (flagArgument(body, 'replace_original') && original) {
    workspace.messages.change(original, content);
    return;
  }
  const isPublic = textArgument(body, 'response_type') === 'in_channel';
  const threadTs = textArgument(body, 'thread_ts');
  workspace.messages.add({
    channel: place.channel,
    author: botAuthor(workspace),
    ...content,
    ...(threadTs && { threadTs }),
    ...(!isPublic && { onlyFor: place.person }),
  });
}
