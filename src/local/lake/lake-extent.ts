import { posix } from 'node:path';
import { SLOT_SECONDS } from '../../core/flow-log/interval.ts';
import { folderTime, nameTimeSeconds } from '../../core/flow-log/object-time.ts';
import type { Slot } from '../../core/ports/scan.ts';
import { openFolder } from './open-folder.ts';

type Side = 'oldest' | 'newest';

/** Finds the oldest and the newest file of a lake by opening only the first and the last folder of each time. */
export async function lakeExtent(root: string, signal: AbortSignal): Promise<Slot | undefined> {
  const oldest = await edge('oldest', root, '', signal);
  const newest = await edge('newest', root, '', signal);
  if (oldest === undefined || newest === undefined) return undefined;
  return { fromSeconds: oldest, toSeconds: newest + SLOT_SECONDS };
}

async function edge(
  side: Side,
  root: string,
  path: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  signal.throwIfAborted();
  const { files, folders } = await openFolder(root, path);
  const below = folders.map((folder) => posix.join(path, folder));
  const timed = below.filter((folder) => folderTime(folder) !== undefined);
  const others = below.filter((folder) => folderTime(folder) === undefined);
  const times = files.map(nameTimeSeconds);
  times.push(
    await firstOf(side === 'oldest' ? timed : timed.toReversed(), (folder) =>
      edge(side, root, folder, signal),
    ),
  );
  for (const folder of others) times.push(await edge(side, root, folder, signal));
  const known = times.filter((time) => time !== undefined);
  if (known.length === 0) return undefined;
  return known.reduce((a, b) => (side === 'oldest' ? Math.min(a, b) : Math.max(a, b)));
}

async function firstOf(
  folders: readonly string[],
  look: (folder: string) => Promise<number | undefined>,
): Promise<number | undefined> {
  for (const folder of folders) {
    const time = await look(folder);
    if (time !== undefined) return time;
  }
  return undefined;
}
