import { LRUCache } from 'lru-cache';
import { folderTime } from '../../core/flow-log/slots.ts';
import type { OpenedFolder, OpenFolder } from '../../core/lake/lake.ts';

/** Files come some ten minutes after their time. */
const COMPLETE_AFTER_MS = 3_600_000;
/**
 * AWS promises nothing, and a file that comes hours late must not stay unseen: an answer would call the window
 * complete. Listing again every ten minutes costs less than a cent a day.
 */
const COMPLETE_TTL_MS = 600_000;
/** A thread asks several questions within half a minute, and files come every five minutes. */
const FILLING_TTL_MS = 30_000;
/** Two months of hours in one region; a folder's listing takes some ten kilobytes. */
const MOST_FOLDERS = 1_500;

/** Caches what folders hold: for ten minutes once their time is over, for half a minute while files are expected. */
export function cachedFolders(open: OpenFolder, now: () => Date): OpenFolder {
  const nowMs = () => now().getTime();
  const cache = new LRUCache<string, { readonly opened: OpenedFolder | undefined }>({
    max: MOST_FOLDERS,
    perf: { now: nowMs },
    ttlResolution: 0,
  });
  return async (path, signal) => {
    signal.throwIfAborted();
    const cached = cache.get(path);
    if (cached !== undefined) return cached.opened;
    const start = nowMs();
    const opened = await open(path, signal);
    cache.set(path, { opened }, { start, ttl: ttlOf(path, start) });
    return opened;
  };
}

function ttlOf(path: string, nowMs: number): number {
  const time = folderTime(path);
  const isComplete = time !== undefined && time.toSeconds * 1000 + COMPLETE_AFTER_MS < nowMs;
  return isComplete ? COMPLETE_TTL_MS : FILLING_TTL_MS;
}
