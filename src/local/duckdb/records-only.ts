import { columnName } from '../../core/flow-log/fields.ts';
import type { RecordsOf } from '../../core/ports/scan.ts';
import { OWNER_FIELDS } from '../lake/owned-records.ts';
import { literal } from './literal.ts';

/** AWS writes `unknown` for interfaces that it made for itself: whose those are, nothing tells, so they count. */
const OF_NO_OTHER = ['unknown', '-'] as const;

/** The records of a SELECT that are those of an account, a region, or both, or do not say of which. */
export function recordsOnly(select: string, only: RecordsOf): string {
  const conditions = Object.entries(OWNER_FIELDS).flatMap(([whose, field]) => {
    const wanted = whose === 'account' ? only.account : only.region;
    if (wanted === undefined) return [];
    const column = `"${columnName(field)}"`;
    return [`coalesce(${column}, '-') IN (${[wanted, ...OF_NO_OTHER].map(literal).join(', ')})`];
  });
  return `SELECT * FROM (${select}) AS owned WHERE ${conditions.join(' AND ')}`;
}
