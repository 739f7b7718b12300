import { stat } from 'node:fs/promises';
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
    const { files, folders } = await openFolder(root, path);
    const slots = folderSlots(path, files);
    const needed = files.filter((name) => {
      const slot = slots.get(name);
      return slot === undefined || overlap(slot, stretch);
    });
    const objects = await Promise.all(
      needed.map((name) => objectAt(root, posix.join(path, name), slots.get(name))),
    );
    for (const folder of folders) objects.push(...(await during(stretch, signal, posix.join(path, folder))));
    return objects;
  }

  return {
    during: (stretch, signal) => during(stretch, signal, ''),
    extent: (signal) => lakeExtent(root, signal),
  };
}

async function objectAt(root: string, key: string, slot: Slot | undefined): Promise<LakeObject> {
  const { size } = await stat(join(root, key));
  return { key, bytes: size, slot };
}

function overlap(a: Slot, b: Slot): boolean {
  return a.fromSeconds < b.toSeconds && b.fromSeconds < a.toSeconds;
}
