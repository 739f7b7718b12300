/** Which line ends a text file has; DuckDB reads either, but fails on a file that has both. */
export interface LineEnds {
  readonly windows: boolean;
  readonly unix: boolean;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Notes the line ends of one more chunk of a file; `before` is the byte in front of it. */
export function noteLineEnds(
  chunk: Buffer,
  before: number | undefined,
  seen: { -readonly [K in keyof LineEnds]: boolean },
): void {
  // Almost every chunk has no return at all, and is searched once for each byte, natively.
  if (!chunk.includes(RETURN) && before !== RETURN) {
    seen.unix ||= chunk.includes(NEWLINE);
    return;
  }
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) {
    const windows = (at === 0 ? before : chunk[at - 1]) === RETURN;
    if (windows) seen.windows = true;
    else seen.unix = true;
    if (seen.windows && seen.unix) return;
  }
}
