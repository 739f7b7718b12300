import { folderTime } from '../../core/flow-log/object-time.ts';
import type { OpenedFolder, OpenFolder } from '../../core/lake/opened-folder.ts';

/** Files come some ten minutes after their time. */
const COMPLETE_AFTER_MS = 3_600_000;
/**
 * AWS promises nothing, and a file that comes hours late must not stay unseen: an answer would call the window
 * complete. Listing again every ten minutes costs less than a cent a day.
 */
const SETTLED_MS = 600_000;
/** A thread asks several questions within half a minute, and files come every five minutes. */
const FRESH_MS = 30_000;
/** Two months of hours in one region; a folder's listing takes some ten kilobytes. */
const MOST_FOLDERS = 1_500;

interface Remembered {
  readonly opened: OpenedFolder | undefined;
  /** Until when it is believed, in epoch milliseconds. */
  readonly until: number;
}

/**
 * Remembers what folders hold: for ten minutes once their time is over, for half a minute while files
 * are still expected. The
 * one that was asked for longest ago is forgotten first.
 */
export function rememberFolders(open: OpenFolder, now: () => Date): OpenFolder {
  const remembered = new Map<string, Remembered>();
  return async (path, signal) => {
    signal.throwIfAborted();
    const asked = now().getTime();
    const known = remembered.get(path);
    remembered.delete(path);
    const entry =
      known !== undefined && asked < known.until
        ? known
        : { opened: await open(path, signal), until: believedUntil(path, asked) };
    remembered.set(path, entry);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_FOLDERS && oldest !== undefined) remembered.delete(oldest);
    return entry.opened;
  };
}

function believedUntil(path: string, askedMs: number): number {
  const time = folderTime(path);
  const isOver = time !== undefined && time.toSeconds * 1000 + COMPLETE_AFTER_MS < askedMs;
  return askedMs + (isOver ? SETTLED_MS : FRESH_MS);
}
