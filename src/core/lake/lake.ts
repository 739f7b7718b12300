import { isOfOtherService } from '../flow-log/object-key.ts';
import {
  flowLogOf,
  folderTime,
  nameTimeSeconds,
  SLOT_SECONDS,
  type SlotRange,
  slotsInFolder,
} from '../flow-log/slots.ts';
import type { LakeObject } from './scan.ts';

/** Lists files in AWS's S3 layout: on S3, or in a folder. */
export interface Lake {
  /** The files whose records ended in the slot range, and those of unknown time. Folders of other times are not opened. */
  during(slotRange: SlotRange, signal: AbortSignal): Promise<readonly LakeObject[]>;
  /** From the oldest file's time to the end of the newest one's first slot; undefined for an empty lake. */
  storedRange(signal: AbortSignal): Promise<SlotRange | undefined>;
}

/**
 * The lake below a path, without a slash at the end, among folders that `open` lists. What other services of AWS deliver
 * to the same places is left out: their files carry times in their names too.
 */
export function lakeOver(open: OpenFolder, under: string): Lake {
  const openLake: OpenFolder = async (path, signal) => {
    const opened = await open(path, signal);
    if (opened === undefined) return undefined;
    const isOfLake = (name: string) => !isOfOtherService(within(path, name));
    return { ...opened, files: opened.files.filter(isOfLake), folders: opened.folders.filter(isOfLake) };
  };
  return {
    during: (slotRange, signal) => walkLake(openLake, slotRange, signal, under),
    storedRange: (signal) => storedRangeOfLake(openLake, signal, under),
  };
}

/** The mark of a file: its size and its time of change. One of flow logs never changes once it is delivered. */
export function markOf(bytes: number, changedMs: number): string {
  // A file system does not keep each millisecond as it was set.
  return `${bytes} ${Math.round(changedMs)}`;
}

/** When a file was changed, by its mark; undefined where it has none. */
export function changedOf(mark: string | undefined): Date | undefined {
  const changedMs = Number(mark?.split(' ')[1]);
  return Number.isNaN(changedMs) ? undefined : new Date(changedMs);
}

/** What a listing says of a file. */
type ListedFile = Pick<LakeObject, 'bytes' | 'mark'>;

/** What is directly in a folder of a lake, each in the order of names. */
export interface OpenedFolder {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** The size and the mark of one of the files; asked for only of those that are needed, since on disk each costs a look. */
  lookAt(file: string): ListedFile | Promise<ListedFile>;
}

/**
 * Lists one folder of a lake; a path has `/` between its parts, and the lake itself is the empty one. Undefined when
 * there is a folder that cannot be opened, which the answer then names instead of passing over it.
 */
export type OpenFolder = (path: string, signal: AbortSignal) => Promise<OpenedFolder | undefined>;

/** The path of what is in a folder. */
export function within(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

/**
 * Lists the files of a lake whose records ended in a slot range, and those of unknown time, in the order of their paths.
 * Folders of other times are not opened. All folders of one level are opened at the same time: `open` limits how many.
 */
async function walkLake(
  open: OpenFolder,
  slotRange: SlotRange,
  signal: AbortSignal,
  path = '',
): Promise<readonly LakeObject[]> {
  signal.throwIfAborted();
  const time = folderTime(path);
  if (time !== undefined && !overlap(time, slotRange)) return [];
  const opened = await open(path, signal);
  if (opened === undefined) return [{ key: path, bytes: 0, slot: time }];
  const slots = folderSlots(path, opened.files);
  const needed = opened.files.filter((name) => {
    const slot = slots.get(name);
    return slot === undefined || overlap(slot, slotRange);
  });
  const objects = await Promise.all(
    needed.map(async (name) => ({
      key: within(path, name),
      ...(await opened.lookAt(name)),
      slot: slots.get(name),
    })),
  );
  const below = await Promise.all(
    opened.folders.map((folder) => walkLake(open, slotRange, signal, within(path, folder))),
  );
  return [...objects, ...below.flat()];
}

function overlap(a: SlotRange, b: SlotRange): boolean {
  return a.fromSeconds < b.toSeconds && b.fromSeconds < a.toSeconds;
}

/** The slot of each file in one folder by its name; files without a time in their name are left out. */
export function folderSlots(path: string, names: readonly string[]): ReadonlyMap<string, SlotRange> {
  const slots = new Map<string, SlotRange>();
  for (const group of namesByFlowLog(names).values()) {
    const times = slotsInFolder([...group.values()], folderTime(path));
    for (const [name, seconds] of group) {
      const slot = times.get(seconds);
      if (slot !== undefined) slots.set(name, slot);
    }
  }
  return slots;
}

/** Files of different flow logs in one folder do not bound each other's slots. */
function namesByFlowLog(names: readonly string[]): ReadonlyMap<string, Map<string, number>> {
  const groups = new Map<string, Map<string, number>>();
  for (const name of names) {
    const seconds = nameTimeSeconds(name);
    if (seconds === undefined) continue;
    const flowLog = flowLogOf(name);
    groups.set(flowLog, (groups.get(flowLog) ?? new Map<string, number>()).set(name, seconds));
  }
  return groups;
}

type Side = 'oldest' | 'newest';

/** Finds the oldest and the newest file of a lake by opening only the first and the last folder of each time. */
async function storedRangeOfLake(
  open: OpenFolder,
  signal: AbortSignal,
  path = '',
): Promise<SlotRange | undefined> {
  const openOnce = eachOnce(open);
  const oldest = await edge('oldest', openOnce, path, signal);
  const newest = await edge('newest', openOnce, path, signal);
  if (oldest === undefined || newest === undefined) return undefined;
  return { fromSeconds: oldest, toSeconds: newest + SLOT_SECONDS };
}

/** The folders above the oldest file are mostly those above the newest one. */
function eachOnce(open: OpenFolder): OpenFolder {
  const opened = new Map<string, ReturnType<OpenFolder>>();
  return (path, signal) => {
    const folder = opened.get(path) ?? open(path, signal);
    opened.set(path, folder);
    return folder;
  };
}

async function edge(
  side: Side,
  open: OpenFolder,
  path: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  signal.throwIfAborted();
  // A folder that cannot be opened has no known time; listing the lake names it.
  const { files, folders } = (await open(path, signal)) ?? { files: [], folders: [] };
  const { timed, others } = sorted(folders.map((folder) => within(path, folder)));
  const times = files.map(nameTimeSeconds);
  const inOrder = side === 'oldest' ? timed : timed.toReversed();
  times.push(await firstOf(inOrder, (folder) => edge(side, open, folder, signal)));
  for (const folder of others) times.push(await edge(side, open, folder, signal));
  const known = times.filter((time) => time !== undefined);
  if (known.length === 0) return undefined;
  return known.reduce((a, b) => (side === 'oldest' ? Math.min(a, b) : Math.max(a, b)));
}

/** Folders with a time in their path, oldest first, and the others. Names alone do not sort: `month=10`, `month=9`. */
function sorted(folders: readonly string[]): {
  readonly timed: readonly string[];
  readonly others: readonly string[];
} {
  const starts = new Map<string, number>();
  for (const folder of folders) {
    const time = folderTime(folder);
    if (time !== undefined) starts.set(folder, time.fromSeconds);
  }
  return {
    timed: [...starts].toSorted(([, a], [, b]) => a - b).map(([folder]) => folder),
    others: folders.filter((folder) => !starts.has(folder)),
  };
}

const MOST_AT_ONCE = 8;

/**
 * The first folder mostly has a file. Where many have none, as when a flow log stopped weeks ago and others deliver
 * to the same prefix, more and more are opened at once.
 */
async function firstOf(
  folders: readonly string[],
  look: (folder: string) => Promise<number | undefined>,
  atOnce = 1,
): Promise<number | undefined> {
  if (folders.length === 0) return undefined;
  const times = await Promise.all(folders.slice(0, atOnce).map(look));
  const found = times.find((time) => time !== undefined);
  return found ?? firstOf(folders.slice(atOnce), look, Math.min(atOnce * 2, MOST_AT_ONCE));
}
