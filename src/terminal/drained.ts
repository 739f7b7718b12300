import { once } from 'node:events';

/** Waits until a stream wants more, if it has been given more than its reader takes. */
export async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableNeedDrain) await once(stream, 'drain');
}
