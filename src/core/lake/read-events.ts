import type { SlotRange } from '../flow-log/slots.ts';
import type { FetchedEvents } from './fetches.ts';
import type { LogGroupSource } from './log-source.ts';
import type { InsightsPlan, LakeObject, ScannedObject } from './scan.ts';

/** The slots of a log group, as files. */
export interface EventFiles {
  /** None of a slot without an event. */
  readonly objects: readonly LakeObject[];
  readonly fetched: FetchedEvents;
  /** Whether all slots were looked at: not once more was to be fetched than may be. */
  readonly isWhole: boolean;
  /** From the creation of the flow log to the newest event that was seen; undefined where none was. */
  readonly storedRange: SlotRange | undefined;
}

/** How the events of a question are fetched. */
export interface FetchEvents {
  /** Once so much was fetched, the rest is left. */
  readonly mostBytes: number;
  /** Whether nothing counts that was fetched before. */
  readonly isOfOrigins: boolean;
  /** Takes what has come so far, each time that something comes. */
  readonly onEvents?: (fetched: FetchedEvents) => void;
}

/** Fetches the events of a slot range that are not known, and keeps them as files of slots. Throws CloudError. */
export type ReadEvents = (
  source: LogGroupSource,
  slotRange: SlotRange,
  options: FetchEvents,
  signal: AbortSignal,
) => Promise<EventFiles>;

/** The records of some addresses in a log group, as files. */
interface AddressFiles extends Pick<EventFiles, 'storedRange'> {
  /** Whole slots where those are known, and else slots with the records of the addresses alone. */
  readonly files: readonly ScannedObject[];
  /** From the first slot that is not known to the last; undefined where all are. */
  readonly missing: SlotRange | undefined;
  /** What Logs Insights has to be asked for those; undefined where there are none, or it may not be asked. */
  readonly plan: InsightsPlan | undefined;
}

/** Whose records are wanted. */
export interface WantedAddresses extends Pick<FetchEvents, 'isOfOrigins'> {
  /** In their canonical form. */
  readonly addresses: readonly string[];
  /** Whether Logs Insights may be asked for what is not known. */
  readonly mayAsk: boolean;
}

/**
 * Looks for the records of some addresses in a slot range, and says what Logs Insights has to be asked for the rest. Nothing of it
 * is billed. Throws CloudError.
 */
export type ReadAddresses = (
  source: LogGroupSource,
  slotRange: SlotRange,
  wanted: WantedAddresses,
  signal: AbortSignal,
) => Promise<AddressFiles>;

/** What is known of one slot of a log group. */
export interface KnownSlot {
  /** Of the file that its events make; 0 where it has none. */
  readonly bytes: number;
  /** When it was looked at, in epoch seconds. */
  readonly atSeconds: number;
}

/** Remembers which slots of log groups were fetched, and what came: by the name of a group and the start of a slot, in epoch seconds. */
export interface GroupSlots {
  find(group: string, startsSeconds: readonly number[]): Promise<ReadonlyMap<number, KnownSlot>>;
  learn(group: string, slots: ReadonlyMap<number, KnownSlot>): Promise<void>;
}
