import type { FieldName } from '../flow-log/fields.ts';
import type { Slot, UnreadObject } from '../ports/scan.ts';
import type { MissingSlot } from './missing-slots.ts';

/** Records by what the log says of them, over the window that was asked. */
export interface RecordCounts {
  /** Records of any status. */
  readonly records: number;
  readonly flows: number;
  /** Each stands for an unknown number of lost flows. */
  readonly skipData: number;
  /** Each says that an interface had no traffic in its interval. */
  readonly noData: number;
}

/** What an answer can be trusted for. */
export interface Coverage extends RecordCounts {
  readonly sourceName: string;
  readonly filesRead: number;
  /** From the first slot of the files that the window needs to the last; undefined when none tells its time. */
  readonly slotsRead: Slot | undefined;
  readonly filesFailed: readonly UnreadObject[];
  readonly unreadableLines: number;
  /** The instant up to which records have been delivered, as far as the window asks; undefined when none has. */
  readonly completeUpTo: Date | undefined;
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
