import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { isNameOfFlowLog } from '../../core/flow-log/object-key.ts';
import { flowLogOf, nameTimeSeconds, SLOT_SECONDS, type SlotRange } from '../../core/flow-log/slots.ts';

/** Each flow log of a folder, by what the names of its files begin with: from its oldest file to its newest. */
export type FoundFlowLogs = ReadonlyMap<string, SlotRange>;

/** Finds the flow logs of a folder. @throws what the signal was aborted with. */
export type FindFlowLogs = (signal: AbortSignal) => Promise<FoundFlowLogs>;

/** One folder as it was when it was listed. */
interface ListedFolder {
  /** A folder changes when something is put into it or taken out. */
  readonly changedMs: number;
  readonly flowLogs: FoundFlowLogs;
  readonly folders: readonly string[];
}

const FOLDERS_AT_ONCE = 16;

/**
 * Builds a finder that lists every folder of a lake, and caches those that have not changed, as long as they are there. Nothing else in a folder
 * shows that a flow log has stopped: in the window that is asked it has no file.
 */
export function createFlowLogFinder(root: string): FindFlowLogs {
  const cache = new Map<string, ListedFolder>();

  async function list(path: string): Promise<ListedFolder | undefined> {
    try {
      const { mtimeMs } = await lstat(join(root, path));
      const before = cache.get(path);
      if (before?.changedMs === mtimeMs) return before;
      const listed = { changedMs: mtimeMs, ...(await namesIn(join(root, path))) };
      cache.set(path, listed);
      return listed;
    } catch {
      // The listing of the lake names a folder that cannot be opened.
      return undefined;
    }
  }

  return async (signal) => {
    const found = new Map<string, SlotRange>();
    const there = new Set<string>();
    const limit = pLimit(FOLDERS_AT_ONCE);
    let level: readonly string[] = [''];
    while (level.length > 0) {
      signal.throwIfAborted();
      for (const path of level) there.add(path);
      const folders = await limit.map(level, (path) => {
        signal.throwIfAborted();
        return list(path);
      });
      for (const folder of folders)
        for (const [name, slot] of folder?.flowLogs ?? []) widen(found, name, slot);
      level = folders.flatMap((folder, index) =>
        (folder?.folders ?? []).map((name) => join(level[index] ?? '', name)),
      );
    }
    for (const path of cache.keys()) if (!there.has(path)) cache.delete(path);
    return found;
  };
}

async function namesIn(path: string): Promise<Omit<ListedFolder, 'changedMs'>> {
  const entries = await readdir(path, { withFileTypes: true });
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  const flowLogs = new Map<string, SlotRange>();
  for (const { name } of shown.filter((entry) => entry.isFile())) {
    const fromSeconds = nameTimeSeconds(name);
    if (fromSeconds !== undefined && isNameOfFlowLog(name))
      widen(flowLogs, flowLogOf(name), { fromSeconds, toSeconds: fromSeconds + SLOT_SECONDS });
  }
  return { flowLogs, folders: shown.filter((entry) => entry.isDirectory()).map(({ name }) => name) };
}

function widen(found: Map<string, SlotRange>, name: string, { fromSeconds, toSeconds }: SlotRange): void {
  const known = found.get(name);
  found.set(name, {
    fromSeconds: Math.min(known?.fromSeconds ?? fromSeconds, fromSeconds),
    toSeconds: Math.max(known?.toSeconds ?? toSeconds, toSeconds),
  });
}
