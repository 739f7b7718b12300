import { type Lake, lakeOver, type OpenFolder } from '../../core/lake/lake.ts';
import { openFolder } from './open-folder.ts';

/** What of a folder belongs to a lake. */
export interface FolderLakeOptions {
  /** A path in it, without a slash at the end. */
  readonly under?: string;
  /** Whether a file is of the lake, by its name. */
  readonly holds?: (name: string) => boolean;
}

/**
 * A lake in a folder on disk, in any of AWS's layouts: day, hour, Hive, with a prefix, several accounts and regions; or what
 * stands under a path of it, without a slash at the end.
 */
export function createFolderLake(
  root: string,
  { under = '', holds = () => true }: FolderLakeOptions = {},
): Lake {
  const open: OpenFolder = async (path) => {
    const opened = await openFolder(root, path).catch(() => undefined);
    return opened && { ...opened, files: opened.files.filter((name) => holds(name)) };
  };
  return lakeOver(open, under);
}
