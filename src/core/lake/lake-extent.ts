import { folderTime, nameTimeSeconds, SLOT_SECONDS, type Slot } from '../flow-log/slots.ts';
import { type OpenFolder, within } from './lake.ts';

type Side = 'oldest' | 'newest';

/** Finds the oldest and the newest file of a lake by opening only the first and the last folder of each time. */
export async function lakeExtent(
  open: OpenFolder,
  signal: AbortSignal,
  path = '',
): Promise<Slot | undefined> {
  const oldest = await edge('oldest', open, path, signal);
  const newest = await edge('newest', open, path, signal);
  if (oldest === undefined || newest === undefined) return undefined;
  return { fromSeconds: oldest, toSeconds: newest + SLOT_SECONDS };
}

async function edge(
  side: Side,
  open: OpenFolder,
  path: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  signal.throwIfAborted();
  // What cannot be opened tells no time; listing the lake names it.
  const { files, folders } = (await open(path, signal)) ?? { files: [], folders: [] };
  const { timed, others } = sorted(folders.map((folder) => within(path, folder)));
  const times = files.map(nameTimeSeconds);
  const inOrder = side === 'oldest' ? timed : timed.toReversed();
  times.push(await firstOf(inOrder, (folder) => edge(side, open, folder, signal)));
  for (const folder of others) times.push(await edge(side, open, folder, signal));
  const known = times.filter((time) => time !== undefined);
  if (known.length === 0) return undefined;
  return known.reduce((a, b) => (side === 'oldest' ? Math.min(a, b) : Math.max(a, b)));
}

/** Folders that stand for a time, oldest first, and the others. Names alone do not sort: `month=10`, `month=9`. */
function sorted(folders: readonly string[]): {
  readonly timed: readonly string[];
  readonly others: readonly string[];
} {
  const starts = new Map<string, number>();
  for (const folder of folders) {
    const time = folderTime(folder);
    if (time !== undefined) starts.set(folder, time.fromSeconds);
  }
  return {
    timed: [...starts].toSorted(([, a], [, b]) => a - b).map(([folder]) => folder),
    others: folders.filter((folder) => !starts.has(folder)),
  };
}

const MOST_AT_ONCE = 8;

/**
 * The first folder mostly has a file. Where many have none, as when a flow log stopped weeks ago and others deliver
 * beside it, more and more are opened at once.
 */
async function firstOf(
  folders: readonly string[],
  look: (folder: string) => Promise<number | undefined>,
  atOnce = 1,
): Promise<number | undefined> {
  if (folders.length === 0) return undefined;
  const times = await Promise.all(folders.slice(0, atOnce).map(look));
  const found = times.find((time) => time !== undefined);
  return found ?? firstOf(folders.slice(atOnce), look, Math.min(atOnce * 2, MOST_AT_ONCE));
}
