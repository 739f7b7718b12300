import { flagArgument, textArgument } from '../web-api/api-arguments.ts';
import { ApiError } from '../web-api/api-error.ts';
import { readContent } from '../web-api/chat/read-content.ts';
import type { ResponsePlace } from '../world/response-urls.ts';
import { botAuthor, type World } from '../world/world.ts';

/** HTTP status and body of an answer to a `response_url`. */
export interface ResponseAnswer {
  readonly status: 200 | 400 | 404;
  readonly body: string;
}

/** Takes a late answer of the app: a new message, or a new text for the message that was pressed. */
export function answerResponseUrl(
  world: World,
  id: string,
  body: Readonly<Record<string, unknown>>,
): ResponseAnswer {
  const use = world.responseUrls.use(id);
  if ('error' in use) return failure(404, use.error);
  try {
    write(world, use.place, body);
    return { status: 200, body: 'ok' };
  } catch (error) {
    if (error instanceof ApiError) return failure(400, error.error);
    throw error;
  }
}

function write(world: World, place: ResponsePlace, body: Readonly<Record<string, unknown>>): void {
  const origin = place.originTs ? world.messages.find(place.channel, place.originTs) : undefined;
  // Only the app's own messages can be replaced: never what a person typed.
  const original = origin?.author.id === world.bot.userId ? origin : undefined;
  if (flagArgument(body, 'delete_original')) throw new ApiError('delete_original is not played here');
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

function failure(status: 400 | 404, error: string): ResponseAnswer {
  return { status, body: JSON.stringify({ ok: false, error }) };
}
