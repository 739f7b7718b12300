import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FLOW_LOG_SERVICE } from '../../core/flow-log/object-key.ts';
import { flowLogOf, nameTimeSeconds, SLOT_SECONDS, type SlotRange } from '../../core/flow-log/slots.ts';

/** Each flow log of a folder, by what the names of its files begin with: from its oldest file to its newest. */
export type FoundFlowLogs = ReadonlyMap<string, SlotRange>;

/** Finds the flow logs of a folder. @throws what the signal was aborted with. */
export type FindFlowLogs = (signal: AbortSignal) => Promise<FoundFlowLogs>;

/** One folder as it was when it was looked into. */
interface Seen {
  /** A folder changes when something is put into it or taken out. */
  readonly changedMs: number;
  readonly flowLogs: FoundFlowLogs;
  readonly folders: readonly string[];
}

const FOLDERS_AT_ONCE = 16;

/**
 * Builds a finder that looks into every folder of a lake, at names alone, and remembers those that have not changed. No
 * other part of a folder tells that a flow log has stopped: in the window that is asked it has no file.
 */
export function createFlowLogFinder(root: string): FindFlowLogs {
  const seen = new Map<string, Seen>();

  async function look(path: string): Promise<Seen | undefined> {
    try {
      const { mtimeMs } = await lstat(join(root, path));
      const before = seen.get(path);
      if (before?.changedMs === mtimeMs) return before;
      const looked = { changedMs: mtimeMs, ...(await namesIn(join(root, path))) };
      seen.set(path, looked);
      return looked;
    } catch {
      // Listing the lake names a folder that cannot be opened.
      return undefined;
    }
  }

  return async (signal) => {
    const found = new Map<string, SlotRange>();
    let waiting = [''];
    while (waiting.length > 0) {
      signal.throwIfAborted();
      const batch = waiting.slice(0, FOLDERS_AT_ONCE);
      const rest = waiting.slice(FOLDERS_AT_ONCE);
      const looked = await Promise.all(batch.map(look));
      for (const folder of looked)
        for (const [name, slot] of folder?.flowLogs ?? []) widen(found, name, slot);
      const below = looked.flatMap((folder, index) =>
        (folder?.folders ?? []).map((name) => join(batch[index] ?? '', name)),
      );
      waiting = [...below, ...rest];
    }
    return found;
  };
}

async function namesIn(path: string): Promise<Omit<Seen, 'changedMs'>> {
  const entries = await readdir(path, { withFileTypes: true });
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  const flowLogs = new Map<string, SlotRange>();
  for (const { name } of shown.filter((entry) => entry.isFile())) {
    const fromSeconds = nameTimeSeconds(name);
    // What other services of AWS deliver has a time in its name too.
    if (fromSeconds !== undefined && flowLogOf(name).includes(`_${FLOW_LOG_SERVICE}_`))
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
