import type { IncomingMessage } from 'node:http';

/** A request sent more than it may. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** Reads all that a request sent. @throws BodyTooLarge as soon as it is more than `mostBytes`. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw new BodyTooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The stream stays open, so that the refusal can still be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > mostBytes) throw new BodyTooLarge();
    chunks.push(part);
  }
  return Buffer.concat(chunks, bytes);
}
