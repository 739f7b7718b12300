import type { FieldName } from '../flow-log/fields.ts';
import type { SlotRange } from '../flow-log/slots.ts';
import type { RecordedTraffic, UnreadObject } from '../lake/scan.ts';

/**
 * Counts of records by their status, over the window that was asked. Of the records themselves only the newest are
 * read to the end: what was not counted is undefined.
 */
export interface RecordCounts {
  /** Those that the question asks for, whatever the answer makes of them. */
  readonly matched: number | undefined;
  /** Each means an unknown number of lost flows; in a list of records there may be more than are counted. */
  readonly skipData: number | undefined;
  /** The interfaces where flows were lost; `-` where the record names none. */
  readonly skippedAt: readonly string[];
  /** Each says that an interface had no traffic in its interval. */
  readonly noData: number | undefined;
  /** Records whose status is none that AWS documents: what they say of traffic is not known. */
  readonly otherStatus: number | undefined;
}

/**
 * What is known of a slot: its file was read, there is none, it could not be read, or it is so young that it may still
 * be delivered.
 */
export type SlotState = 'read' | 'missing' | 'unreadable' | 'late';

/** Neighbouring slots of one flow log of which the same is known. */
export interface SlotRangeCoverage extends SlotRange {
  readonly state: SlotState;
}

/** What is known of one flow log, slot by slot. */
export interface LogCoverage {
  /** What the names of its files begin with; its name where nothing is known of its files. */
  readonly flowLog: string;
  /**
   * All slots that can hold a record of the window, oldest first: from its start to its end plus the longest interval,
   * because files hold records by their end.
   */
  readonly slots: readonly SlotRangeCoverage[];
  /** Whether its last slots are missing and nothing newer of it is known. */
  readonly stopped: boolean;
  /** All that it recorded before this instant of the window was read, in epoch seconds; undefined when nothing is certain. */
  readonly completeUpToSeconds: number | undefined;
  /** Whether that is all of the window. */
  readonly whole: boolean;
  /** What it records the traffic of; undefined where that is unknown. */
  readonly resource: string | undefined;
  /** Which traffic it records; undefined where that is unknown. */
  readonly traffic: RecordedTraffic | undefined;
}

/** A slot range for which a flow log has no file. */
export interface MissingSlotRange extends SlotRange {
  readonly flowLog: string;
}

/** What an answer can be trusted for. */
export interface Coverage extends RecordCounts {
  readonly sourceName: string;
  readonly filesRead: number;
  /** Tables that were read without a list of their files, by their names; left out where there are none. */
  readonly tablesRead?: readonly string[];
  /** From the first slot of the files that the window needs to the last; undefined when the time of none is known. */
  readonly slotsRead: SlotRange | undefined;
  readonly filesFailed: readonly UnreadObject[];
  /** Lines that are no records; undefined where the engine does not say. */
  readonly unreadableLines: number | undefined;
  /** Each flow log that could have recorded what is asked. */
  readonly flowLogs: readonly LogCoverage[];
  /** Files that were read and with neither flow log nor time in the name: they prove nothing about any slot. */
  readonly filesWithoutTime: number;
  /** The instant of the window up to which all records are known to have been read; undefined when none is. */
  readonly completeUpTo: Date | undefined;
  /** The newest end among the records that were counted: newer than `completeUpTo` while more is on its way. */
  readonly newestEnd: Date | undefined;
  /** Why the records may not be all there are, a clause each, the weightiest first. */
  readonly doubts: readonly string[];
  /** Whether nothing speaks against it that all records of the window were read. */
  readonly complete: boolean;
  /** Slot ranges for which a flow log has no file, so long after their end that AWS will hardly deliver one. */
  readonly missingSlots: readonly MissingSlotRange[];
  /** The whole lake, from its oldest file to its newest. */
  readonly storedRange: SlotRange | undefined;
  /** The address fields that the records carry. */
  readonly addressFields: readonly FieldName[];
  /** Everything else that a reader must know, a sentence each. */
  readonly notes: readonly string[];
}

/** Whether an answer is made of nothing at all. */
export function isNothingRead({
  filesRead,
  tablesRead = [],
}: Pick<Coverage, 'filesRead' | 'tablesRead'>): boolean {
  return filesRead === 0 && tablesRead.length === 0;
}
