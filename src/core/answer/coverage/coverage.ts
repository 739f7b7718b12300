import type { FieldName } from '../../flow-log/fields.ts';
import type { Slot, UnreadObject } from '../../ports/scan.ts';
import type { MissingSlot } from './missing-slots.ts';

/**
 * Records by what the log says of them, over the window that was asked. Of the records themselves only the newest are
 * read to the end: what was not counted is undefined.
 */
export interface RecordCounts {
  /** Those that the question asks for, whatever the answer makes of them. */
  readonly matched: number | undefined;
  /** Each stands for an unknown number of lost flows; beside a list of records there may be more than are counted. */
  readonly skipData: number | undefined;
  /** Each says that an interface had no traffic in its interval. */
  readonly noData: number | undefined;
}

/** What an answer can be trusted for. */
export interface Coverage extends RecordCounts {
  readonly sourceName: string;
  readonly filesRead: number;
  /** From the first slot of the files that the window needs to the last; undefined when none tells its time. */
  readonly slotsRead: Slot | undefined;
  readonly filesFailed: readonly UnreadObject[];
  readonly unreadableLines: number | undefined;
  /** The instant of the window up to which all records have been delivered; undefined when none is known. */
  readonly completeUpTo: Date | undefined;
  /** The newest end among the records that were counted: newer than `completeUpTo` while more is on its way. */
  readonly newestEnd: Date | undefined;
  /** Whether nothing of the window can be on its way any more, not even of flows that were running at its end. */
  readonly complete: boolean;
  /** Stretches of the window, up to the lake's newest file, for which a flow log has no file. */
  readonly missingSlots: readonly MissingSlot[];
  /** The whole lake, from its oldest file to its newest. */
  readonly extent: Slot | undefined;
  /** The address fields that the records carry. */
  readonly addressFields: readonly FieldName[];
  /** Everything else that a reader must know, a sentence each. */
  readonly notes: readonly string[];
}
