import { Hono } from 'hono';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import { flagArgument, parseArguments, textArgument } from '../web-api/api-arguments.ts';
import { ApiError } from '../web-api/api-error.ts';
import { readContent } from '../web-api/chat/read-content.ts';
import type { ResponsePlace } from '../world/response-urls.ts';
import { botAuthor, type World } from '../world/world.ts';
import { type Env, limitBody } from './guards.ts';

/** Creates the route of `/response/<id>`: the late answers of the app to a command or a press. */
export function createResponseUrlRoutes(world: World): Hono<Env> {
  return new Hono<Env>().post('/response/:id', limitBody(PLAYGROUND_LIMITS.bodyBytes), async (c) => {
    const body = readBody(await c.req.text());
    if (body === undefined) return c.json({ ok: false, error: 'invalid_payload' }, 400);
    const use = world.responseUrls.use(c.req.param('id'));
    if ('error' in use) return c.json({ ok: false, error: use.error }, 404);
    try {
      writeAnswer(world, use.place, body);
      return c.text('ok');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return c.json({ ok: false, error: error.error }, 400);
    }
  });
}

type Body = Readonly<Record<string, unknown>>;

function readBody(text: string): Body | undefined {
  try {
    return parseArguments('application/json', text);
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

/** Posts a new message, or gives a new text to the message that was pressed. @throws ApiError */
function writeAnswer(world: World, place: ResponsePlace, body: Body): void {
  if (flagArgument(body, 'delete_original')) throw new ApiError('delete_original is not played here');
  const origin = place.originTs ? world.messages.find(place.channel, place.originTs) : undefined;
  // Only the app's own messages can be replaced: never what a person typed.
  const original = origin?.author.id === world.bot.userId ? origin : undefined;
  const content = readContent(body, world);
  if (flagArgument(body, 'replace_original') && original) {
    world.messages.change(original, content);
    return;
  }
  const isPublic = textArgument(body, 'response_type') === 'in_channel';
  const threadTs = textArgument(body, 'thread_ts');
  world.messages.add({
    channel: place.channel,
    author: botAuthor(world),
    ...content,
    ...(threadTs && { threadTs }),
    ...(!isPublic && { onlyFor: place.person }),
  });
}
