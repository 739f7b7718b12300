/** What entries are about. The values are those of the store and of exports: one that was released is never changed. */
export type AuditKind =
  /** A question or a command ended; a person may have stopped it. */
  | 'question ended'
  /** A person agreed to what a question costs, above the limits. */
  | 'spend approved'
  | 'operation planned'
  /** A person confirmed an operation, or went on with one that had failed. */
  | 'operation confirmed'
  | 'step done'
  | 'step failed'
  | 'operation ended'
  /** flowlog deleted a flow log, because its time was over. */
  | 'flow log expired'
  /** Questions that ended long ago were deleted. */
  | 'history deleted'
  /** The oldest entries were deleted. */
  | 'audit deleted'
  | 'audit exported';

/** Something that was done: who, when, what it was about, and what it came to. */
export interface AuditFact {
  readonly kind: AuditKind;
  readonly at: Date;
  /** A user id of Slack, `terminal`, or `flowlog` for what it does by itself. */
  readonly person: string;
  /** The id of what it is about: a question, an operation, a flow log. */
  readonly subject: string;
  /** The line that was asked; empty where there was none. */
  readonly line: string;
  /** All else, as text: a number is written in one way only then. */
  readonly facts: Readonly<Record<string, string>>;
}

/** A fact in its place of the chain. */
export interface AuditEntry extends AuditFact {
  /** From 1 on, without a gap. */
  readonly number: number;
  /** The hash of the entry before; `FIRST_PREVIOUS` for the first one. */
  readonly previous: string;
  /** SHA-256 of `auditText`, in hexadecimal digits. */
  readonly hash: string;
}

/** What the first entry has in place of the hash of one before. */
export const FIRST_PREVIOUS = '0'.repeat(64);

/** The text of an entry that its hash is of: one line of JSON, always the same for the same entry. */
export function auditText(entry: Omit<AuditEntry, 'hash'>): string {
  const { number, at, kind, person, subject, line, facts, previous } = entry;
  const sorted = Object.fromEntries(Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({
    number,
    at: at.toISOString(),
    kind,
    person,
    subject,
    line,
    facts: sorted,
    previous,
  });
}

/** An entry as one line of an export: its text, with the hash as the last field. */
export function auditLine(entry: AuditEntry): string {
  return `${auditText(entry).slice(0, -1)},"hash":"${entry.hash}"}`;
}

/** Whether all entries are as they were written. */
export type AuditVerdict =
  | {
      readonly holds: true;
      readonly entries: number;
      /** The number of the first entry that is there: those before it were deleted because of their age. */
      readonly first: number;
      /** The latest entry; undefined where there is none. */
      readonly last: Pick<AuditEntry, 'number' | 'at' | 'hash'> | undefined;
    }
  | {
      readonly holds: false;
      /** The entry at which the chain breaks. */
      readonly number: number;
      /** Its own content was changed; it does not follow the one before; those before it are missing. */
      readonly why: 'changed' | 'apart' | 'beginning';
    };

/** The record of who did what, which is only ever added to. */
export interface Audit {
  /** Appends an entry for what no other call writes down. */
  note(fact: AuditFact): Promise<void>;
  /** The entries since an instant, the first one first; only some hundred are held at once. */
  entries(since?: Date): AsyncIterable<AuditEntry>;
  /** Computes the hash of every entry anew. */
  verify(): Promise<AuditVerdict>;
  /**
   * Deletes the entries before an instant, and appends one that says up to which, with its hash: the chain holds from there
   * on. Returns how many were deleted.
   */
  sweep(before: Date, at: Date): Promise<number>;
}

/** What a verdict means, in a sentence. */
export function verdictWords(verdict: AuditVerdict): string {
  if (!verdict.holds) return `The audit breaks at entry ${verdict.number}: ${BREAKS[verdict.why]}.`;
  const { entries, first, last } = verdict;
  if (last === undefined) return 'The audit is empty.';
  const before = first === 1 ? '' : ` Entries before ${first} were deleted because of their age.`;
  const amount = `${entries} ${entries === 1 ? 'entry' : 'entries'}`;
  const newest = `The last is number ${last.number}, of ${last.at.toISOString()}; its hash is ${last.hash}.`;
  return `The audit holds: it has ${amount}. ${newest}${before}`;
}

const BREAKS: Readonly<Record<(AuditVerdict & { readonly holds: false })['why'], string>> = {
  changed: 'its content is not what its hash was computed from, so that it was changed after it was written',
  apart:
    'it does not follow the one before it, so that entries were removed, put in, swapped or written anew there',
  beginning:
    'the entries before it are missing, and no entry says that they were deleted because of their age',
};
