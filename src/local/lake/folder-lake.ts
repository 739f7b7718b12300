import { lstat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { folderTime } from '../../core/flow-log/object-time.ts';
import type { Lake } from '../../core/ports/lake.ts';
import type { LakeObject, Slot } from '../../core/ports/scan.ts';
import { folderSlots } from './folder-slots.ts';
import { lakeExtent } from './lake-extent.ts';
import { openFolder } from './open-folder.ts';

/** A lake in a folder on disk, in any of AWS's layouts: day, hour, Hive, with a prefix, several accounts and regions. */
export function createFolderLake(root: string): Lake {
  async function during(stretch: Slot, signal: AbortSignal, path: string): Promise<readonly LakeObject[]> {
    signal.throwIfAborted();
    const time = folderTime(path);
    if (time !== undefined && !overlap(time, stretch)) return [];
    const opened = await openFolder(root, path).catch(() => undefined);
    // A folder that cannot be opened is listed itself, so that the answer names it instead of passing over it.
    if (opened === undefined) return [{ key: path, bytes: 0, slot: time }];
    const slots = folderSlots(path, opened.files);
    const needed = opened.files.filter((name) => {
      const slot = slots.get(name);
      return slot === undefined || overlap(slot, stretch);
    });
    const objects = await Promise.all(
      needed.map((name) => objectAt(root, posix.join(path, name), slots.get(name))),
    );
    for (const folder of opened.folders)
      objects.push(...(await during(stretch, signal, posix.join(path, folder))));
    return objects;
  }

  return {
    during: (stretch, signal) => during(stretch, signal, ''),
    extent: (signal) => lakeExtent(root, signal),
  };
}

/** A file that went away since its folder was listed still counts as listed: looking into it says so. */
async function objectAt(root: string, key: string, slot: Slot | undefined): Promise<LakeObject> {
  const bytes = await lstat(join(root, key)).then(
    ({ size }) => size,
    () => 0,
  );
  return { key, bytes, slot };
}

function overlap(a: Slot, b: Slot): boolean {
  return a.fromSeconds < b.toSeconds && b.fromSeconds < a.toSeconds;
}
