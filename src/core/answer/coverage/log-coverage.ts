import { flowLogOf, LONGEST_INTERVAL_SECONDS, SLOT_SECONDS, type SlotRange } from '../../flow-log/slots.ts';
import type { FlowLogRead, Scan, ScannedObject, UnreadObject } from '../../lake/scan.ts';
import type { Coverage, LogCoverage, SlotRangeCoverage, SlotState } from '../../query/coverage.ts';
import type { Window } from '../../time/window.ts';

/**
 * AWS delivers some ten minutes after a slot has ended, as best it can; half an hour later a file that is not there is
 * called missing. @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
 */
const DELIVERY_SECONDS = 30 * 60;

/** What was read, and when. */
export interface SlotsRead {
  /** With the files of the flow logs that were asked for alone. */
  readonly scan: Scan;
  readonly window: Window;
  /** Files that could not be read, before the run and in it. */
  readonly failed: readonly UnreadObject[];
  readonly now: Date;
}

/** What is known of each flow log that could have recorded what is asked, slot by slot. */
export function logCoverages({ scan, window, failed, now }: SlotsRead): readonly LogCoverage[] {
  const files = filesByFlowLog(scan, failed);
  const expected = expectedOf(scan, files);
  // What is known of all files together is known of the one flow log that they are of.
  const common = expected.length === 1 ? scan.storedRange : undefined;
  return expected.map((flowLog) => {
    const { read = [], unreadable = [] } = files.get(flowLog.fileNames ?? '') ?? {};
    const interval = flowLog.longestIntervalSeconds ?? LONGEST_INTERVAL_SECONDS;
    const range = slotsOf(window, interval);
    const settledSeconds = now.getTime() / 1000 - DELIVERY_SECONDS;
    const storedRange = flowLog.storedRange ?? common;
    const newestSeconds = newestOf([...read, ...unreadable], storedRange);
    const states = statesOf(range, { read, unreadable, settledSeconds, newestSeconds });
    const slots = joined(range, states);
    return {
      flowLog: flowLog.fileNames ?? flowLog.name,
      slots,
      stopped: hasStopped(slots, storedRange),
      ...completeness(slots, window, interval),
      resource: flowLog.resource,
      traffic: flowLog.traffic,
    };
  });
}

interface FilesOf {
  readonly read: SlotRange[];
  readonly unreadable: SlotRange[];
}

function filesByFlowLog(scan: Scan, failed: readonly UnreadObject[]): ReadonlyMap<string, FilesOf> {
  const files = new Map<string, FilesOf>();
  const of = (key: string) => {
    const known = files.get(flowLogOf(key)) ?? { read: [], unreadable: [] };
    files.set(flowLogOf(key), known);
    return known;
  };
  const broken = new Set(failed.map(({ key }) => key));
  for (const object of scan.objects) {
    const slot = shownSlot(object);
    if (slot !== undefined && !broken.has(object.key)) of(object.key).read.push(slot);
  }
  for (const { key, slot } of failed) if (slot !== undefined) of(key).unreadable.push(slot);
  return files;
}

/**
 * The slot for which a file is a proof. One named on the hour may hold the hour, and is read for as long as it may reach;
 * AWS's own hold five minutes, and where the file was not inspected it proves no more.
 */
function shownSlot({ slot, ends }: ScannedObject): SlotRange | undefined {
  if (slot === undefined || ends !== undefined) return slot;
  return { ...slot, toSeconds: Math.min(slot.toSeconds, slot.fromSeconds + SLOT_SECONDS) };
}

/** A source that means all that is delivered to a place is each flow log that has files there. */
function expectedOf({ flowLogs = [] }: Scan, files: ReadonlyMap<string, FilesOf>): readonly FlowLogRead[] {
  const named = flowLogs.filter(({ fileNames }) => fileNames !== undefined);
  const known = new Set(named.map(({ fileNames }) => fileNames));
  const others = [...files.keys()].filter((fileNames) => fileNames !== '' && !known.has(fileNames));
  return [...named, ...others.map((fileNames) => ({ name: fileNames, eni: undefined, fileNames }))];
}

function slotsOf({ from, to }: Window, intervalSeconds: number): SlotRange {
  const last = to.getTime() / 1000 + intervalSeconds;
  return {
    fromSeconds: Math.floor(from.getTime() / 1000 / SLOT_SECONDS) * SLOT_SECONDS,
    toSeconds: Math.ceil(last / SLOT_SECONDS) * SLOT_SECONDS,
  };
}

/** When the newest slot of a flow log began, by any of its files. */
function newestOf(slots: readonly SlotRange[], storedRange: SlotRange | undefined): number {
  const ends = slots.map(({ toSeconds }) => toSeconds);
  return ends.reduce((a, b) => Math.max(a, b), storedRange?.toSeconds ?? 0) - SLOT_SECONDS;
}

interface SlotFacts extends FilesOf {
  /** Files up to this instant have been delivered, or never will be. */
  readonly settledSeconds: number;
  /** When the newest slot with a file began. */
  readonly newestSeconds: number;
}

function statesOf(
  { fromSeconds, toSeconds }: SlotRange,
  { read, unreadable, settledSeconds, newestSeconds }: SlotFacts,
): readonly SlotState[] {
  const amount = (toSeconds - fromSeconds) / SLOT_SECONDS;
  const endOf = (index: number) => fromSeconds + (index + 1) * SLOT_SECONDS;
  const states = Array.from(
    { length: amount },
    (_, index): SlotState => (endOf(index) > settledSeconds ? 'late' : 'missing'),
  );
  const mark = (slots: readonly SlotRange[], state: SlotState) => {
    for (const slot of slots) {
      const first = Math.max(Math.ceil((slot.fromSeconds - fromSeconds) / SLOT_SECONDS), 0);
      for (let index = first; index < amount && endOf(index) <= slot.toSeconds; index += 1)
        states[index] = state;
    }
  };
  mark(read, 'read');
  // Of two files of one slot, one that could not be read leaves a hole.
  mark(unreadable, 'unreadable');
  // AWS may write several files of one slot: until a later slot has one, or time has passed, others may follow.
  return states.map((state, index) =>
    state === 'read' && endOf(index) > settledSeconds && endOf(index) > newestSeconds ? 'late' : state,
  );
}

function joined({ fromSeconds }: SlotRange, states: readonly SlotState[]): readonly SlotRangeCoverage[] {
  const ranges: { fromSeconds: number; toSeconds: number; state: SlotState }[] = [];
  for (const [index, state] of states.entries()) {
    const begin = fromSeconds + index * SLOT_SECONDS;
    const last = ranges.at(-1);
    if (last?.state === state) last.toSeconds = begin + SLOT_SECONDS;
    else ranges.push({ fromSeconds: begin, toSeconds: begin + SLOT_SECONDS, state });
  }
  return ranges;
}

function hasStopped(slots: readonly SlotRangeCoverage[], storedRange: SlotRange | undefined): boolean {
  // Missing slots may be followed by slots that are too young to be missing.
  const last = slots.findLast(({ state }) => state !== 'late');
  return last?.state === 'missing' && storedRange !== undefined && storedRange.toSeconds <= last.fromSeconds;
}

/** A record of an instant ends at most one interval later: only slots up to there prove that it was read. */
function completeness(
  slots: readonly SlotRangeCoverage[],
  { from, to }: Window,
  intervalSeconds: number,
): Pick<LogCoverage, 'whole' | 'completeUpToSeconds'> {
  const gap = slots.find(({ state }) => state !== 'read');
  if (gap === undefined) return { whole: true, completeUpToSeconds: to.getTime() / 1000 };
  const upTo = Math.min(gap.fromSeconds - intervalSeconds, to.getTime() / 1000);
  return { whole: false, completeUpToSeconds: upTo > from.getTime() / 1000 ? upTo : undefined };
}

/**
 * How much of a slot range the flow logs cover: all of it, a part, or none. Its records may be in slots up to the longest
 * interval later: without those a count is a lower bound.
 */
export function knownOf(
  { fromSeconds, toSeconds }: SlotRange,
  { flowLogs }: Pick<Coverage, 'flowLogs'>,
): 'whole' | 'part' | 'none' {
  const gaps = flowLogs.flatMap(({ slots }) => slots.filter(({ state }) => state !== 'read'));
  const touches = (from: number, to: number) =>
    gaps.some((gap) => gap.fromSeconds < to && from < gap.toSeconds);
  if (flowLogs.length === 0 || touches(fromSeconds, toSeconds)) return 'none';
  return touches(toSeconds, toSeconds + LONGEST_INTERVAL_SECONDS) ? 'part' : 'whole';
}
