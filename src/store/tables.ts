import type { GeneratedAlways } from 'kysely';
import type { QuestionOutcome } from '../core/answer/store.ts';
import type { AuditKind } from '../core/operation/audit.ts';
import type { OperationState, StepRecord } from '../core/operation/journal.ts';

/**
 * All tables, as this version of flowlog has them: the same in SQLite and in PostgreSQL. Instants are milliseconds since
 * 1970, ids are text, whole numbers are below 2^53.
 */
export interface StoreTables {
  readonly question: QuestionRow;
  readonly operation: OperationRow;
  readonly step: StepRow;
  readonly fact: FactRow;
  readonly ending: EndingRow;
  readonly name_span: NameSpanRow;
  readonly name_site: NameSiteRow;
  readonly scan: ScanRow;
  readonly process: ProcessRow;
  readonly audit: AuditRow;
}

/**
 * A question: what was asked, before it is run; how it ended and what it cost, after, and null until then; which process it
 * belongs to, and until when.
 */
interface QuestionRow {
  readonly id: string;
  readonly line: string;
  readonly person: string;
  readonly zone: string;
  readonly place: string;
  readonly channel: string;
  readonly thread: string;
  readonly asked_ms: number;
  readonly outcome: QuestionOutcome | null;
  readonly row_count: number | null;
  readonly scanned_bytes: number | null;
  readonly dollars: number | null;
  readonly elapsed_ms: number | null;
  readonly run_id: string | null;
  /** Null also for a question that ended before estimates were kept. */
  readonly estimated_bytes: number | null;
  readonly finished_ms: number | null;
  /** Dollars; null where none were set aside. */
  readonly set_aside: number | null;
  readonly owner: string;
  readonly lease_ms: number;
  /** Equal for questions that one run answers; empty where there is none such. */
  readonly same_key: string;
  /** The id of the equal question before; empty where there is none. */
  readonly same_as: string;
}

/** An operation. `plan` is JSON. */
interface OperationRow {
  readonly id: string;
  readonly line: string;
  readonly person: string;
  readonly channel: string;
  readonly plan: string;
  readonly planned_ms: number;
  readonly state: OperationState;
  readonly request: string | null;
  readonly claimed_by: string | null;
  readonly claimed_ms: number | null;
  readonly planned_in: string;
}

/** A step of an operation that was begun. */
interface StepRow {
  readonly operation: string;
  readonly position: number;
  readonly state: StepRecord['state'];
  readonly words: string;
}

/** One thing that a step found out. The ids grow with time. */
interface FactRow {
  readonly id: GeneratedAlways<number>;
  readonly operation: string;
  readonly position: number;
  readonly name: string;
  readonly value: string;
}

/** A flow log that is deleted because its time is over. */
interface EndingRow {
  readonly flow_log: string;
  readonly resource: string;
  readonly place_left: string;
  readonly due_ms: number;
  readonly state: 'due' | 'deleted' | 'notifying' | 'notified';
  readonly since_ms: number;
  readonly account: string;
  readonly region: string;
}

/** One time that an address or an interface had a name; `from_ms` is null where that is unknown, `to_ms` while it has it. */
interface NameSpanRow {
  readonly id: GeneratedAlways<number>;
  readonly account: string;
  readonly region: string;
  readonly of_key: string;
  readonly name: string;
  readonly interface: string;
  readonly vpc: string;
  readonly from_ms: number | null;
  readonly to_ms: number | null;
}

/** A process that works on the stores, and when it last said so. */
interface ProcessRow {
  readonly owner: string;
  readonly seen_ms: number;
}

/** A region whose names were seen. */
interface NameSiteRow {
  readonly account: string;
  readonly region: string;
  readonly seen_ms: number;
}

/** What a question reads: `chosen` is JSON of the shape `version`. One with several windows has a row for each. */
interface ScanRow {
  /** The question's id, or `<id> <window>`. */
  readonly question: string;
  /** The question's id. */
  readonly asked: string;
  readonly version: number;
  readonly chosen: string;
}

/** An entry of the audit: `facts` is JSON. Rows are added, and the oldest deleted; none is changed. */
interface AuditRow {
  readonly number: number;
  readonly at_ms: number;
  readonly kind: AuditKind;
  readonly person: string;
  readonly subject: string;
  readonly line: string;
  readonly facts: string;
  readonly previous: string;
  readonly hash: string;
}
