import { folderTime } from '../flow-log/object-time.ts';
import type { LakeObject, Slot } from '../ports/scan.ts';
import { folderSlots } from './folder-slots.ts';
import { type OpenFolder, within } from './opened-folder.ts';

/**
 * Lists the files of a lake whose records ended in a stretch, and those whose time nothing tells, in the order of
 * their paths. Folders of other times stay shut; those beside each other are opened at once, so whoever opens them
 * says how many that may be.
 */
export async function walkLake(
  open: OpenFolder,
  stretch: Slot,
  signal: AbortSignal,
  path = '',
): Promise<readonly LakeObject[]> {
  signal.throwIfAborted();
  const time = folderTime(path);
  if (time !== undefined && !overlap(time, stretch)) return [];
  const opened = await open(path, signal);
  if (opened === undefined) return [{ key: path, bytes: 0, slot: time }];
  const slots = folderSlots(path, opened.files);
  const needed = opened.files.filter((name) => {
    const slot = slots.get(name);
    return slot === undefined || overlap(slot, stretch);
  });
  const objects = await Promise.all(
    needed.map(async (name) => ({
      key: within(path, name),
      bytes: await opened.bytesOf(name),
      slot: slots.get(name),
    })),
  );
  const below = await Promise.all(
    opened.folders.map((folder) => walkLake(open, stretch, signal, within(path, folder))),
  );
  return [...objects, ...below.flat()];
}

function overlap(a: Slot, b: Slot): boolean {
  return a.fromSeconds < b.toSeconds && b.fromSeconds < a.toSeconds;
}
