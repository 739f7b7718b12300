import { identifier } from '../sql/identifier.ts';
import { list } from '../sql/list.ts';
import { type Sql, sql } from '../sql/sql.ts';

/** What is told of each group of records at one interface; `interfaces` is how many saw it. */
export const MEASURES = [
  'bytes',
  'packets',
  'records',
  'first_seen',
  'last_seen',
  'interface_id',
  'interfaces',
] as const;

/**
 * A SELECT of sums per key, each taken at the one interface that saw most of it. The same packet is recorded by
 * the sender's interface, by the receiver's and by every NAT gateway and load balancer between: adding them up
 * counts traffic several times.
 */
export function atOneVantage(keys: Readonly<Record<string, Sql>>, where: Sql): Sql {
  const names = list(Object.keys(keys).map(identifier));
  const named = list(
    Object.entries(keys).map(([name, key]) => (key.text === name ? key : sql`${key} AS ${identifier(name)}`)),
  );
  return sql`SELECT ${names}, ${list(MEASURES.map(identifier))}
  FROM (
    SELECT ${names}, interface_id,
      CAST(sum(bytes) AS bigint) AS bytes,
      CAST(sum(packets) AS bigint) AS packets,
      count(*) AS records,
      min(start_seconds) AS first_seen,
      max(end_seconds) AS last_seen,
      count(*) OVER (PARTITION BY ${names}) AS interfaces,
      row_number() OVER (PARTITION BY ${names} ORDER BY sum(bytes) DESC, count(*) DESC, interface_id) AS vantage
    FROM (
      SELECT ${named}, interface_id, bytes, packets, start_seconds, end_seconds
      FROM flows
      WHERE ${where}
    ) AS sent
    GROUP BY ${names}, interface_id
  ) AS seen
  WHERE vantage = 1`;
}
