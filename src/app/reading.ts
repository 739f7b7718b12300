import { catalog } from '../catalog/index.ts';
import type { Entry } from '../core/line/entry.ts';
import { type RequestOrHelp, readRequest } from '../core/operation/request.ts';
import { operations } from '../operations/index.ts';

/** All that a line can begin with, in the order of help. */
export const ENTRIES: readonly Entry[] = [...catalog, ...operations];

const HOUR_SECONDS = 3_600;

/** Reads lines, whose windows may be so many hours long. @throws UserError for a mistake. */
export function readingWithin(
  longestWindowHours: number,
  now: () => Date,
): (line: string, zone: string) => RequestOrHelp {
  const longestWindowSeconds = longestWindowHours * HOUR_SECONDS;
  return (line, zone) => readRequest(line, { catalog: ENTRIES, now: now(), zone, longestWindowSeconds });
}
