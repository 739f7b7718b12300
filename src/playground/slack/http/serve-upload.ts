import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultQueue } from '../faults.ts';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import type { World } from '../world/world.ts';
import { fail } from './fail.ts';
import { readBody } from './read-body.ts';
import { sendText } from './send.ts';

/** Creates the handler of `/upload/<file id>`: takes the bytes of a file, once, unless a fault waits for an `upload`. */
export function createUploadHandler(world: World, faults: Pick<FaultQueue, 'takeFor'>) {
  return async function serveUpload(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> {
    const file = world.files.find(url.pathname.slice('/upload/'.length));
    const body = await readBody(request, PLAYGROUND_LIMITS.uploadBytes);
    const fault = faults.takeFor('upload');
    if (fault) return fail(fault, response);
    if (!file || file.content) return sendText(response, 404, 'no such upload');
    const content = await readContent(request.headers['content-type'] ?? '', body);
    if (!content) return sendText(response, 400, 'not a form');
    world.files.put({ ...file, content });
    sendText(response, 200, `OK - ${content.length}`);
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
