import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Timeline } from './minute-files.ts';
import { writeWhole } from './write-whole.ts';

/** Beside the AWSLogs tree, and hidden: a reader of the lake would take any other file for an unreadable log. */
const ANCHOR_FILE = '.sample-network.json';

/** The timeline that a folder was filled by; undefined when there is none that can be read. */
export async function readTimeline(folder: string): Promise<Timeline | undefined> {
  const text = await readFile(path.join(folder, ANCHOR_FILE), 'utf8').catch(ifMissing);
  return text === undefined ? undefined : parseTimeline(text);
}

/** Remembers the timeline of a folder across restarts. */
export async function writeTimeline(folder: string, { seed, anchorMinute }: Timeline): Promise<void> {
  const anchor = new Date(anchorMinute * 60_000).toISOString();
  await writeWhole(path.join(folder, ANCHOR_FILE), `${JSON.stringify({ seed, anchor }, undefined, 2)}\n`);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}

function parseTimeline(text: string): Timeline | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // Damaged by hand: as good as none, for everything can be made again.
    return undefined;
  }
  if (typeof content !== 'object' || content === null || !('seed' in content) || !('anchor' in content))
    return undefined;
  const anchorMinute = Date.parse(String(content.anchor)) / 60_000;
  if (typeof content.seed !== 'number' || !Number.isInteger(anchorMinute)) return undefined;
  return { seed: content.seed, anchorMinute };
}
