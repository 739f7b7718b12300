import { Readable } from 'node:stream';

/** What a file holds, to be read as often as it must be sent. */
export interface Content {
  /** At least 1: Slack takes no empty file. */
  readonly bytes: number;
  read(): Readable;
}

/** A text as the content of a file. */
export function textContent(text: string): Content {
  return { bytes: Buffer.byteLength(text), read: () => Readable.from([text]) };
}
