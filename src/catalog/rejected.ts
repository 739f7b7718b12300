import { address } from '../core/args/address.ts';
import { option } from '../core/args/option.ts';
import { optional } from '../core/args/optional.ts';
import { whole } from '../core/args/whole.ts';
import * as column from '../core/columns/kinds.ts';
import { showInteger } from '../core/columns/show-integer.ts';
import { touches } from '../core/flow-sql/address-match.ts';
import { atOneVantage } from '../core/flow-sql/at-one-vantage.ts';
import { distinct } from '../core/flow-sql/distinct.ts';
import { FILTER_ARGS } from '../core/flow-sql/filter-args.ts';
import { passing } from '../core/flow-sql/filters.ts';
import { MEASURE_COLUMNS } from '../core/flow-sql/measure-columns.ts';
import { SERVICE_PORT } from '../core/flow-sql/service-port.ts';
import { SUMMED_UP } from '../core/flow-sql/summed-up.ts';
import { defineQuery } from '../core/query.ts';
import { columnsNamed } from '../core/selection/columns-named.ts';
import { allOf } from '../core/sql/conditions.ts';
import { sql } from '../core/sql/sql.ts';

/** The port with the most records, of equal ones the lowest: a measure without ties. */
const MOST = sql`records * 65536 - port`;

const { action: _action, ...FILTERS_BUT_ACTION } = FILTER_ARGS;

export const rejected = defineQuery({
  name: 'rejected',
  summary: 'What was rejected: from whom to whom, on how many ports, most often first',
  about:
    'A rejected record means that a security group or a network ACL refused the packet, or that it came after its ' +
    'connection was closed: which one, a single record cannot tell.',
  args: { addr: optional(address()), ...FILTERS_BUT_ACTION, top: option(whole(1, 1000)) },
  columns: {
    source: column.address('From'),
    destination: column.address('To'),
    protocol: column.protocol(),
    port: column.port('Most tried'),
    ports: column.count('Ports'),
    ...MEASURE_COLUMNS,
  },
  order: ['records desc', 'packets desc', 'source', 'destination', 'protocol'],

  sql: ({ addr, ...filters }) => ({
    from: atOneVantage(
      { ...columnsNamed('source', 'destination', 'protocol'), port: SERVICE_PORT },
      allOf(addr !== undefined && touches(addr), passing({ ...filters, action: 'REJECT' })),
    ),
    groupBy: columnsNamed('source', 'destination', 'protocol'),
    select: {
      port: sql`max_by(port, ${MOST})`,
      ports: sql`count(*)`,
      ...SUMMED_UP,
      interface_id: sql`max_by(interface_id, ${MOST})`,
    },
  }),

  headline: (rows, { addr }, more) => {
    const [first] = rows;
    const sources = distinct(rows, 'source', ['address was', 'addresses were'], more);
    const where = addr === undefined ? '' : ` in traffic of ${addr.text}`;
    const many =
      Number(first?.ports ?? 1) > 1 ? `${showInteger(first?.ports ?? 0)} ports` : `port ${first?.port}`;
    return `${sources.replace(/^a/, 'A')} rejected${where}; most often from ${first?.source} to ${first?.destination} on ${many} (${showInteger(first?.records ?? 0)} records).`;
  },
  subject: ({ addr }) => `rejected traffic${addr === undefined ? '' : ` of ${addr.text}`}`,
  followUps: ([first]) =>
    first === undefined
      ? []
      : [
          { label: 'Between these two', line: `between ${first.source} ${first.destination}` },
          { label: `All from ${first.source}`, line: `from ${first.source}` },
          { label: 'Over time', line: `timeline ${first.destination}` },
        ],
});
