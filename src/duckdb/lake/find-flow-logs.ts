import { lstat } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

/** The folders of a lake as they were found last, and the flow logs in them. */
interface Found {
  readonly listed: ReadonlyMap<string, ListedFolder>;
  readonly found: FoundFlowLogs;
}

/** A year has some 400 folders, which mostly are only looked at; the system has four threads for them. */
const FOLDERS_AT_ONCE = 64;

/** That of `node:fs/promises` takes three times as long. */
const lookAt = promisify(lstat);

/**
 * Builds a finder that lists every folder of a lake, and caches those that have not changed, as long as they are there. Nothing else in a folder
 * shows that a flow log has stopped: in the window that is asked it has no file.
 */
export function createFlowLogFinder(root: string): FindFlowLogs {
  const cache = new Map<string, ListedFolder>();
  let last: Found = { listed: new Map(), found: new Map() };

  async function list(path: string): Promise<ListedFolder | undefined> {
    try {
      const { mtimeMs } = await lookAt(join(root, path));
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

  /** All folders of the lake, one level after the other. */
  async function listAll(signal: AbortSignal): Promise<ReadonlyMap<string, ListedFolder>> {
    const listed = new Map<string, ListedFolder>();
    let level: readonly string[] = [''];
    while (level.length > 0) {
      const below: string[] = [];
      for (let from = 0; from < level.length; from += FOLDERS_AT_ONCE) {
        signal.throwIfAborted();
        const paths = level.slice(from, from + FOLDERS_AT_ONCE);
        const folders = await Promise.all(paths.map(list));
        for (const [index, folder] of folders.entries()) {
          if (folder === undefined) continue;
          const path = paths[index] ?? '';
          listed.set(path, folder);
          for (const name of folder.folders) below.push(path === '' ? name : `${path}/${name}`);
        }
      }
      level = below;
    }
    return listed;
  }

  return async (signal) => {
    const listed = await listAll(signal);
    const isSame =
      listed.size === last.listed.size &&
      [...listed].every(([path, folder]) => last.listed.get(path) === folder);
    if (isSame) return last.found;
    for (const path of cache.keys()) if (!listed.has(path)) cache.delete(path);
    last = { listed, found: flowLogsIn(listed.values()) };
    return last.found;
  };
}

function flowLogsIn(folders: Iterable<ListedFolder>): FoundFlowLogs {
  const found = new Map<string, SlotRange>();
  for (const { flowLogs } of folders) for (const [name, slot] of flowLogs) widen(found, name, slot);
  return found;
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
