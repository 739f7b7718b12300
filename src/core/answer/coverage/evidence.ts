import { getUnixTime } from 'date-fns';
import { type AddressRange, isAddressRange } from '../../flow-log/addresses.ts';
import { columnName } from '../../flow-log/fields.ts';
import type { LogTable, Scan } from '../../lake/scan.ts';
import type { Cell } from '../../query/columns.ts';
import { isIn } from '../../query/filters.ts';
import type { Question } from '../../query/question.ts';
import { addressLiteral, identifier } from '../../sql/literals.ts';
import { allOf, anyOf, list, type Sql, sql, unionAll } from '../../sql/sql.ts';
import type { Window } from '../../time/window.ts';
import type { Engine, Statement } from '../engine.ts';

/** What the records of one flow log at one interface show, whatever was asked. */
export interface InterfaceEvidence {
  /** What the names of its files begin with; empty where there is no flow log in them. */
  readonly flowLog: string;
  readonly interfaceId: string;
  readonly accepted: boolean;
  readonly rejected: boolean;
  /** Whether the packet's own addresses are recorded. */
  readonly packetFields: boolean;
  /** The addresses of the question that are the interface's own. */
  readonly carries: readonly string[];
}

/** Records around the window count too: what a flow log records does not depend on the window. */
const AROUND_SECONDS = 3_600;
const MOST_GROUPS = 20_000;

/**
 * What the files of a scan show of the flow logs and interfaces behind them, for an answer that found nothing: whether
 * accepted and rejected traffic is recorded at all, which interfaces are, and whose an address is. It reads the files
 * once more, so that it is for engines that bill nothing. Undefined where there are more than can be looked through.
 */
export async function findEvidence(
  { args, window }: Pick<Question, 'args' | 'window'>,
  scan: Scan,
  engine: Engine,
  signal: AbortSignal,
): Promise<readonly InterfaceEvidence[] | undefined> {
  const addresses = Object.values(args)
    .filter(isAddressRange)
    .filter(({ single }) => single);
  const found: InterfaceEvidence[] = [];
  const take = ({ rows }: { readonly rows: readonly (readonly Cell[])[] }) => {
    found.push(...rows.map((row) => recordedOf(row, addresses)));
  };
  await engine.run(evidenceStatement(scan, window, addresses), take, signal);
  return found.length < MOST_GROUPS ? found : undefined;
}

function evidenceStatement(scan: Scan, window: Window, addresses: readonly AddressRange[]): Statement {
  // The files of a table with flow logs are distinguished by their paths.
  const tables = scan.tables.map((table) => ({ ...table, flowLogs: table.flowLogs ?? [] }));
  const counts = [
    sql`count(*) FILTER (WHERE action = 'ACCEPT')`,
    sql`count(*) FILTER (WHERE action = 'REJECT')`,
    sql`count(pkt_srcaddr)`,
    ...addresses.map(isOwn),
  ];
  const statement = sql`WITH named AS (
  ${unionAll(tables.map((table) => recordsAround(table, window)))}
)
SELECT flow_log, interface_id, ${list(counts)}
FROM named
GROUP BY flow_log, interface_id
ORDER BY flow_log, interface_id
LIMIT ${MOST_GROUPS}`;
  return { ...statement, scan: { ...scan, tables } };
}

function recordsAround({ name, fields }: LogTable, { from, to }: Window): Sql {
  const columns = READ.map((field) => {
    const column = identifier(columnName(field));
    const value = fields.includes(field) ? sql`nullif(${column}, '-')` : sql`CAST(NULL AS varchar)`;
    return sql`${value} AS ${column}`;
  });
  return sql`SELECT coalesce(regexp_extract("$path", ${FLOW_LOG_IN_PATH}, 1), '') AS flow_log, ${list(columns)}
  FROM ${identifier(name)}
  WHERE "end" >= ${getUnixTime(from) - AROUND_SECONDS} AND "start" < ${getUnixTime(to) + AROUND_SECONDS}`;
}

const READ = [
  'interface-id',
  'srcaddr',
  'dstaddr',
  'action',
  'log-status',
  'flow-direction',
  'pkt-srcaddr',
] as const;

/** As `flowLogOf` reads it. */
const FLOW_LOG_IN_PATH = '([^/]*)_[0-9]{8}T[0-9]{4}Z_[^/]*$';

/**
 * Whether an address is the interface's own: an interface shows its own address in every record. Where directions are
 * recorded they show which side is its own; otherwise several peers do, since of two addresses that only talk to each
 * other either may be.
 */
function isOwn(range: AddressRange): Sql {
  const address = addressLiteral(range);
  const sends = isIn(sql`srcaddr`, range, address);
  const receives = isIn(sql`dstaddr`, range, address);
  const peer = sql`CASE WHEN ${sends} THEN dstaddr WHEN ${receives} THEN srcaddr END`;
  const flows = sql`count(*) FILTER (WHERE log_status = 'OK')`;
  const touching = sql`count(*) FILTER (WHERE log_status = 'OK' AND ${anyOf(sends, receives)})`;
  const directed = sql`count(*) FILTER (WHERE ${anyOf(
    allOf(sql`flow_direction = 'egress'`, sends),
    allOf(sql`flow_direction = 'ingress'`, receives),
  )})`;
  return sql`${flows} > 0 AND ${flows} = ${touching} AND (${directed} = ${flows} OR count(flow_direction) = 0 AND min(${peer}) < max(${peer}))`;
}

function recordedOf(row: readonly Cell[], addresses: readonly AddressRange[]): InterfaceEvidence {
  const [flowLog, interfaceId, accepted, rejected, packetFields, ...own] = row;
  return {
    flowLog: String(flowLog ?? ''),
    interfaceId: String(interfaceId ?? '-'),
    accepted: Number(accepted) > 0,
    rejected: Number(rejected) > 0,
    packetFields: Number(packetFields) > 0,
    carries: addresses.filter((_, index) => own[index] === true).map(({ text }) => text),
  };
}
