import { constants, gunzipSync } from 'node:zlib';

const MOST_LINES = 6;
const LONGEST_LINE = 400;

/** The first lines of a file from its first bytes; what is not text says so. */
export function firstLines(key: string, head: Uint8Array): string {
  if (key.endsWith('.parquet')) return 'Parquet, which is not text: ask `records` for its rows.';
  const text = textOf(key, head);
  return text === undefined
    ? 'Not gzip, whatever its name says.'
    : text
        .split('\n')
        .slice(0, MOST_LINES)
        .map((line) => line.slice(0, LONGEST_LINE))
        .join('\n');
}

function textOf(key: string, head: Uint8Array): string | undefined {
  if (!key.endsWith('.gz')) return new TextDecoder().decode(head);
  try {
    // The head of a file ends in the middle of its stream.
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  } catch {
    return undefined;
  }
}
