import { columnsNamed } from '../selection/columns-named.ts';
import type { Columns, FirstGroups } from '../selection/selection.ts';
import { type Sql, sql } from '../sql/sql.ts';

const SUMS: Columns = {
  bytes: sql`CAST(sum(bytes) AS bigint)`,
  packets: sql`CAST(sum(packets) AS bigint)`,
  records: sql`count(*)`,
  first_seen: sql`min(start_seconds)`,
  last_seen: sql`max(end_seconds)`,
};

/**
 * Sums per key, each taken at the one interface that saw most of it: `interface_id`, and `interfaces` is how many saw
 * it. The same packet is recorded by the sender's interface, by the receiver's and by every NAT gateway and load
 * balancer between: adding them up counts traffic several times.
 */
export function atOneVantage(groupBy: Columns, where: Sql): FirstGroups {
  return {
    from: {
      from: 'flows',
      where,
      groupBy: { ...groupBy, ...columnsNamed('interface_id') },
      select: SUMS,
    },
    per: Object.keys(groupBy),
    first: sql`bytes DESC, records DESC, interface_id`,
    countAs: 'interfaces',
  };
}
