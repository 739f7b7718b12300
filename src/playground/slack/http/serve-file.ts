import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world/world.ts';
import { sendText } from './send.ts';

/** Creates the handler of `/playground/files/<id>`: the bytes of a shared file, always as a download, never as a page. */
export function createFileHandler(world: World) {
  return function serveFile(_request: IncomingMessage, response: ServerResponse, url: URL): void {
    const file = world.files.find(url.pathname.slice('/playground/files/'.length));
    if (!file?.shared || !file.content) {
      sendText(response, 404, 'no such file');
      return;
    }
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(wellFormed(file.name))}`,
      'content-length': file.content.length,
      'x-content-type-options': 'nosniff',
    });
    response.end(file.content);
  };
}

/** Half a character, which an address cannot hold, becomes a sign that says so. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
