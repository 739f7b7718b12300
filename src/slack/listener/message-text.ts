import { z } from 'zod';

/** Where Slack keeps what people read of a message: alerts have it in attachments and blocks, and often nowhere else. */
const READ = ['pretext', 'title', 'text', 'value', 'fallback', 'url', 'footer'] as const;
const PARTS = ['blocks', 'attachments', 'fields', 'elements', 'rows', 'accessory'] as const;

const OBJECT = z.record(z.string(), z.unknown());
const MOST_CHARACTERS = 20_000;
const DEEPEST = 10;

/** All text of a message, a piece a line, so that pieces that stand next to each other never make a word together. */
export function textOfMessage(message: unknown): string {
  const pieces: string[] = [];
  collect(message, pieces, 0);
  return pieces.join('\n').slice(0, MOST_CHARACTERS);
}

function collect(part: unknown, pieces: string[], depth: number): void {
  if (depth > DEEPEST || pieces.length > MOST_CHARACTERS) return;
  if (Array.isArray(part)) {
    for (const each of part) collect(each, pieces, depth + 1);
    return;
  }
  const read = OBJECT.safeParse(part);
  if (!read.success) return;
  for (const key of READ) {
    const text = read.data[key];
    if (typeof text === 'string') pieces.push(text);
    else if (text !== undefined) collect(text, pieces, depth + 1);
  }
  for (const key of PARTS) collect(read.data[key], pieces, depth + 1);
}
