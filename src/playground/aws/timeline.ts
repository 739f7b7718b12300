import path from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from './whole-file.ts';

/** What the minutes of a sample follow from. */
export interface Timeline {
  readonly seed: number;
  /** Whole minutes since 1970. */
  readonly anchorMinute: number;
}

/** Next to the AWSLogs tree, and hidden: a reader of the lake would take any other file for an unreadable log. */
const ANCHOR_FILE = '.sample-network.json';

const CONTENT = z.object({ seed: z.number(), anchor: z.string() });

/** The timeline that a folder was filled by; undefined when there is none that can be read. */
export async function readTimeline(folder: string): Promise<Timeline | undefined> {
  const content = CONTENT.safeParse(await readJson(path.join(folder, ANCHOR_FILE)));
  if (!content.success) return undefined;
  const { seed, anchor } = content.data;
  const anchorMinute = Date.parse(anchor) / 60_000;
  return Number.isInteger(anchorMinute) ? { seed, anchorMinute } : undefined;
}

/** Keeps the timeline of a folder across restarts. */
export async function writeTimeline(folder: string, { seed, anchorMinute }: Timeline): Promise<void> {
  const anchor = new Date(anchorMinute * 60_000).toISOString();
  await writeJson(path.join(folder, ANCHOR_FILE), { seed, anchor });
}
