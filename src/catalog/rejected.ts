import { option, optional } from '../core/line/argument.ts';
import { address } from '../core/line/network-arguments.ts';
import { whole } from '../core/line/plain-arguments.ts';
import { FILTER_ARGS } from '../core/line/standard-arguments.ts';
import { ABSENT, addressColumn, countColumn, portColumn, protocolColumn } from '../core/query/columns.ts';
import { passing, touches } from '../core/query/filters.ts';
import { anAddress, capitalised, phrase } from '../core/query/finding.ts';
import { flowColumns, SERVICE_PORT } from '../core/query/flow-columns.ts';
import { atOneVantage, MEASURE_COLUMNS, SUMMED_UP } from '../core/query/measures.ts';
import { defineQuery } from '../core/query/query.ts';
import { columnsNamed } from '../core/query/selection.ts';
import { allOf, sql } from '../core/sql/sql.ts';
import { type Integer, plural, showInteger } from '../core/wording.ts';

/** The port with the most records, of equal ones the lowest: a measure without ties. */
const MOST = sql`records * 65536 - coalesce(port, 0)`;

const { action: _action, ...FILTERS_BUT_ACTION } = FILTER_ARGS;

export const rejected = defineQuery({
  name: 'rejected',
  summary: 'What was rejected: from whom to whom, on how many ports, most often first',
  about:
    'A rejected record means that a security group or a network ACL refused the packet, or that it came after its ' +
    'connection was closed: which one, a single record cannot show.',
  args: { addr: optional(address()), ...FILTERS_BUT_ACTION, top: option(whole(1, 1000)) },
  columns: {
    source: addressColumn('From'),
    destination: addressColumn('To'),
    protocol: protocolColumn(),
    port: portColumn('Most tried'),
    ports: countColumn('Ports'),
    ...MEASURE_COLUMNS,
  },
  foremost: ['source', 'destination', 'port', 'first_seen', 'last_seen', 'records'],
  order: ['records desc', 'packets desc', 'source', 'destination', 'protocol'],

  sql: ({ addr, ...filters }) => ({
    from: atOneVantage(
      { ...flowColumns('source', 'destination', 'protocol'), port: SERVICE_PORT },
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

  totals: { sources: { distinct: 'source' } },
  asksFor: () => 'rejected',
  finding: ([first], { addr }, { totals: { sources }, least }) => {
    const were = sources === 1 ? 'address was' : 'addresses were';
    const where = addr === undefined ? '' : phrase` in traffic of ${anAddress(addr.text)}`;
    const pair = phrase`from ${anAddress(first?.source ?? ABSENT)} to ${anAddress(first?.destination ?? ABSENT)}`;
    const often = `${least}${plural(first?.records ?? 0, 'record')}`;
    return capitalised(
      phrase`${least}${showInteger(sources)} ${were} rejected${where}; most often ${pair}${onWhat(first)} (${often}).`,
    );
  },
  subject: ({ addr }) =>
    phrase`rejected traffic${addr === undefined ? '' : phrase` of ${anAddress(addr.text)}`}`,
  followUps: ([first]) =>
    first === undefined
      ? []
      : [
          { label: 'Between these two', line: `between ${first.source} ${first.destination}` },
          { label: `All from ${first.source}`, line: `from ${first.source}` },
          { label: 'Over time', line: `timeline ${first.destination}` },
        ],
});

/** The port that was tried, or how many; nothing where the protocol has none. */
function onWhat(row: { readonly port: number | null; readonly ports: Integer } | undefined): string {
  if (row === undefined || row.port === null) return '';
  return Number(row.ports) > 1 ? ` on ${showInteger(row.ports)} ports` : ` on port ${row.port}`;
}
