import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Stage } from '../interaction/actor.ts';
import { cancelView, submitView } from '../interaction/forms/submit-view.ts';
import { typeLine } from '../interaction/lines/type-line.ts';
import { pickShortcut } from '../interaction/pick-shortcut.ts';
import { pressElement } from '../interaction/press-element.ts';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import type { PickedShortcut, Press, Submission, TypedLine } from '../protocol.ts';
import { readBody } from './read-body.ts';
import { sendJson } from './send.ts';

const person = z.string();
const values = z.record(z.string(), z.record(z.string(), z.string().nullable()));
const place = { channel: z.string().optional(), ts: z.string().optional() };

const deeds = {
  type: z.strictObject({ person, channel: z.string(), text: z.string(), threadTs: z.string().optional() }),
  click: z.strictObject({
    person,
    ...place,
    blockId: z.string().optional(),
    actionId: z.string(),
    values: values.optional(),
  }),
  submit: z.strictObject({ person, values }),
  cancel: z.strictObject({ person }),
  shortcut: z.strictObject({ person, callbackId: z.string(), ...place }),
};

/** Creates the handler of `/playground/<deed>`: what people do on the page. */
export function createDeedHandler(stage: Stage) {
  return async function serveDeed(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
    if (!isJson) return sendJson(response, 403, { error: 'not from the desk' });
    const name = url.pathname.slice('/playground/'.length);
    if (!isDeed(name)) return sendJson(response, 404, { error: 'no such deed' });
    const parsed = deeds[name].safeParse(
      readJson((await readBody(request, PLAYGROUND_LIMITS.bodyBytes)).toString('utf8')),
    );
    if (!parsed.success) return sendJson(response, 400, { error: 'not understood' });
    try {
      sendJson(response, 200, await perform(stage, name, parsed.data));
    } catch (error) {
      sendJson(response, 409, { error: error instanceof Error ? error.message : 'failed' });
    }
  };
}

function isDeed(name: string): name is keyof typeof deeds {
  return Object.hasOwn(deeds, name);
}

/** What is not JSON is understood by none of the schemas. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The schema of the deed has just vouched for the type that each case names. */
function perform(stage: Stage, name: keyof typeof deeds, deed: unknown): Promise<unknown> {
  switch (name) {
    case 'type':
      return typeLine(stage, deed as TypedLine);
    case 'click':
      return pressElement(stage, deed as Press);
    case 'submit':
      return submitView(stage, deed as Submission);
    case 'cancel':
      return cancelView(stage, (deed as { readonly person: string }).person);
    case 'shortcut':
      return pickShortcut(stage, deed as PickedShortcut);
  }
}
