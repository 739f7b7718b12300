import { isOfOtherService } from '../flow-log/object-place.ts';
import type { Lake } from '../ports/lake.ts';
import { lakeExtent } from './lake-extent.ts';
import { type OpenFolder, within } from './opened-folder.ts';
import { walkLake } from './walk-lake.ts';

/**
 * The lake below a path, without a slash at the end, among folders that `open` lists. What other services of AWS deliver
 * beside flow logs is no part of it: their files carry times in their names too.
 */
export function lakeOver(open: OpenFolder, under: string): Lake {
  const openLake: OpenFolder = async (path, signal) => {
    const opened = await open(path, signal);
    if (opened === undefined) return undefined;
    const isOfLake = (name: string) => !isOfOtherService(within(path, name));
    return { ...opened, files: opened.files.filter(isOfLake), folders: opened.folders.filter(isOfLake) };
  };
  return {
    during: (stretch, signal) => walkLake(openLake, stretch, signal, under),
    extent: (signal) => lakeExtent(openLake, signal, under),
  };
}
