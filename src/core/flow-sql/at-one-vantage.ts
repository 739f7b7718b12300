import { columnsNamed } from '../selection/columns-named.ts';
import type { Columns, FirstGroups } from '../selection/selection.ts';
import { type Sql, sql } from '../sql/sql.ts';
import { exactSum } from './exact-sum.ts';

const SUMS: Columns = {
  bytes: exactSum(sql`bytes`),
  packets: exactSum(sql`packets`),
  records: sql`count(*)`,
  first_seen: sql`min(start_seconds)`,
  last_seen: sql`max(end_seconds)`,
};

/**
 * Sums per key, each taken at the one interface that saw most of it: `interface_id`, and `interfaces` is how many saw
 * it. The same packet is recorded by the sender's interface, by the receiver's and by every NAT gateway and load
 * balancer between: adding them up counts traffic several times. `more` are other aggregates over the records of one
 * interface.
 */
export function atOneVantage(groupBy: Columns, where: Sql, more: Columns = {}): FirstGroups {
  return {
    from: {
      from: 'flows',
      where,
      groupBy: { ...groupBy, ...columnsNamed('interface_id') },
      select: { ...SUMS, ...more },
    },
    per: Object.keys(groupBy),
    first: sql`bytes DESC, records DESC, interface_id`,
    // One interface may have seen a flow before or after another: only amounts would be counted twice.
    ofAll: { first_seen: sql`min(first_seen)`, last_seen: sql`max(last_seen)` },
    countAs: 'interfaces',
  };
}
