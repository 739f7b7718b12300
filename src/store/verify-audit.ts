import { createHash } from 'node:crypto';
import { type AuditEntry, type AuditVerdict, auditText, FIRST_PREVIOUS } from '../core/operation/audit.ts';

/** The hash of an entry. */
export function auditHash(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(auditText(entry)).digest('hex');
}

/** Follows the chain from the first entry that is there to the last; stops where it breaks. */
export async function verifyAudit(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
): Promise<AuditVerdict> {
  let first: AuditEntry | undefined;
  let last: AuditEntry | undefined;
  let isBeginningKnown = false;
  let count = 0;
  for await (const entry of entries) {
    const { number } = entry;
    if (auditHash(entry) !== entry.hash) return { holds: false, number, why: 'changed' };
    if (last !== undefined && (number !== last.number + 1 || entry.previous !== last.hash))
      return { holds: false, number, why: 'apart' };
    first ??= entry;
    isBeginningKnown ||= isBeginning(first, entry);
    last = entry;
    count += 1;
  }
  if (first !== undefined && !isBeginningKnown)
    return { holds: false, number: first.number, why: 'beginning' };
  return { holds: true, entries: count, first: first?.number ?? 1, last };
}

/** Whether the chain may begin where it does: at its very first entry, or where this entry says that it was cut. */
function isBeginning({ number, previous }: AuditEntry, { kind, facts }: AuditEntry): boolean {
  if (number === 1) return previous === FIRST_PREVIOUS;
  return kind === 'audit deleted' && facts.through === String(number - 1) && facts.hash === previous;
}
