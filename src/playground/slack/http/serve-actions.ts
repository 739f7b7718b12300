import { Hono } from 'hono';
import { z } from 'zod';
import { pickShortcut, pressElement } from '../interaction/press-element.ts';
import type { SlackBackend } from '../interaction/slack-backend.ts';
import { cancelView, submitView } from '../interaction/submit-view.ts';
import { typeLine } from '../interaction/type-line.ts';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import type { PickedShortcut, Press, Reaction, Submission, TypedLine } from '../protocol.ts';
import { type Env, limitBody } from './guards.ts';

const person = z.string();
const values = z.record(z.string(), z.record(z.string(), z.string().nullable()));
const placeFields = { channel: z.string().exactOptional(), ts: z.string().exactOptional() };

/** What a person does on the page: how it is sent, and what carries it out. */
const actions = {
  type: actionReader(
    z.strictObject({ person, channel: z.string(), text: z.string(), threadTs: z.string().exactOptional() }),
    (backend, line: TypedLine) => typeLine(backend, line),
  ),
  click: actionReader(
    z.strictObject({
      person,
      ...placeFields,
      blockId: z.string().exactOptional(),
      actionId: z.string(),
      values: values.exactOptional(),
    }),
    (backend, press: Press) => pressElement(backend, press),
  ),
  submit: actionReader(z.strictObject({ person, values }), (backend, submission: Submission) =>
    submitView(backend, submission),
  ),
  cancel: actionReader(z.strictObject({ person }), (backend, cancelled) =>
    cancelView(backend, cancelled.person),
  ),
  shortcut: actionReader(
    z.strictObject({ person, callbackId: z.string(), ...placeFields }),
    (backend, picked: PickedShortcut) => pickShortcut(backend, picked),
  ),
};

type Perform = (backend: SlackBackend) => Promise<Reaction>;

/** Returns a function that parses a request body into what carries it out; undefined for another shape. */
function actionReader<T>(
  schema: z.ZodType<T>,
  perform: (backend: SlackBackend, sent: T) => Promise<Reaction>,
) {
  return (sent: unknown): Perform | undefined => {
    const parsed = schema.safeParse(sent);
    return parsed.success ? (backend) => perform(backend, parsed.data) : undefined;
  };
}

/** Creates the routes of `/playground/<action>`, what people do, and `/playground/files/<id>`, what they download. */
export function createActionRoutes(backend: SlackBackend): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/playground/:action', limitBody(PLAYGROUND_LIMITS.bodyBytes), async (c) => {
    const isJson = (c.req.header('content-type') ?? '').startsWith('application/json');
    if (!isJson) return c.json({ error: 'not from the playground' }, 403);
    const name = c.req.param('action');
    if (!isAction(name)) return c.json({ error: 'no such action' }, 404);
    const perform = actions[name](parseJson(await c.req.text()));
    if (!perform) return c.json({ error: 'not understood' }, 400);
    try {
      return c.json(await perform(backend), 200, { 'cache-control': 'no-store' });
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.message : 'failed' }, 409);
    }
  });
  app.get('/playground/files/:id', (c) => {
    const file = backend.workspace.files.find(c.req.param('id'));
    if (!file?.shared || !file.content) return c.text('no such file', 404);
    return c.body(new Uint8Array(file.content), 200, {
      // Always a download, never a page.
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(wellFormed(file.name))}`,
      'x-content-type-options': 'nosniff',
    });
  });
  return app;
}

function isAction(name: string): name is keyof typeof actions {
  return Object.hasOwn(actions, name);
}

/** What is not JSON is understood by none of the schemas. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Half a surrogate pair, which a header cannot hold, becomes the replacement character. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
