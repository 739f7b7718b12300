import type { PortRange } from '../args/port.ts';
import { allOf } from '../sql/conditions.ts';
import { type Sql, sql } from '../sql/sql.ts';

/** The options that most queries take. */
export interface Filters {
  readonly port?: PortRange | undefined;
  readonly proto?: number | undefined;
  readonly action?: 'ACCEPT' | 'REJECT' | undefined;
  readonly eni?: string | undefined;
  readonly direction?: 'ingress' | 'egress' | undefined;
}

/** The records that pass the options; a port may be on either side, since replies carry it as their source. */
export function passing({ port, proto, action, eni, direction }: Filters): Sql {
  return allOf(
    port !== undefined && onPort(port),
    proto !== undefined && sql`protocol = ${proto}`,
    action !== undefined && sql`action = ${action}`,
    eni !== undefined && sql`interface_id = ${eni}`,
    direction !== undefined && sql`flow_direction = ${direction}`,
  );
}

function onPort({ from, to }: PortRange): Sql {
  if (from === to) return sql`${from} IN (srcport, dstport)`;
  return sql`srcport BETWEEN ${from} AND ${to} OR dstport BETWEEN ${from} AND ${to}`;
}
