import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** What starts an app with the probe of its event loop, which writes to a file. */
export function probeSettings(file: string): Readonly<Record<string, string>> {
  return {
    NODE_OPTIONS: `--import ${new URL('loop-probe.mjs', import.meta.url)}`,
    LOOP_PROBE_FILE: file,
    LOOP_PROBE_PROFILE: process.env.LOOP_PROBE_PROFILE ?? '',
  };
}

const BLOCKS = z.array(z.object({ at: z.number(), lateMs: z.number(), idleMs: z.number() }));

/**
 * For how long the loop was blocked by itself since an instant, in milliseconds, the longest first. What an idle thread of
 * the app was late by at the same time is not the loop's; before the first command is its start.
 */
export function readBlocks(file: string, sinceMs: number): readonly number[] {
  if (!existsSync(file)) return [];
  const blocks = BLOCKS.parse(JSON.parse(readFileSync(file, 'utf8')));
  const under = blocks.filter(({ at, lateMs }) => at - lateMs > sinceMs);
  return under.map(({ lateMs, idleMs }) => Math.max(0, lateMs - idleMs)).toSorted((a, b) => b - a);
}
