import type { Lake } from '../ports/lake.ts';
import { lakeExtent } from './lake-extent.ts';
import type { OpenFolder } from './opened-folder.ts';
import { walkLake } from './walk-lake.ts';

/** The lake of what stands under a path, without a slash at the end, among folders that somebody opens. */
export function lakeOver(open: OpenFolder, under: string): Lake {
  return {
    during: (stretch, signal) => walkLake(open, stretch, signal, under),
    extent: (signal) => lakeExtent(open, signal, under),
  };
}
