import { columnName, FIELDS, isField } from '../../src/core/flow-log/fields.ts';
import { type HiveType, readHiveType } from '../../src/core/sql/hive-types.ts';
import { OCSF_SCHEMA } from './adopted-tables.ts';
import { flow, NOON, type PlainRecord, silence } from './flow.ts';

const INGRESS = {
  'flow-direction': 'ingress',
  'vpc-id': 'vpc-1',
  'subnet-id': 'subnet-1',
  'instance-id': 'i-1',
  type: 'IPv4',
  region: 'eu-central-1',
  'az-id': 'euc1-az1',
};
const EGRESS = { ...INGRESS, 'flow-direction': 'egress', 'traffic-path': 8 };

/** Both directions and families, relays, rejections, odd and absent values, and records without traffic. */
const OCSF_RECORDS: readonly PlainRecord[] = [
  flow(NOON + 60, { ...INGRESS, 'tcp-flags': 2, 'pkt-srcaddr': '203.0.113.9', 'pkt-dstaddr': '10.0.1.5' }),
  flow(NOON + 61, {
    ...EGRESS,
    srcaddr: '10.0.1.5',
    dstaddr: '203.0.113.9',
    srcport: 443,
    dstport: 50_001,
    'tcp-flags': 18,
    'pkt-srcaddr': '10.0.1.5',
    'pkt-dstaddr': '203.0.113.9',
  }),
  flow(NOON + 62, { ...INGRESS, type: 'IPv6', srcaddr: '2001:db8::1', dstaddr: '2001:db8::5', bytes: 80 }),
  // A pod behind the address of its interface, and a service of AWS.
  flow(NOON + 63, {
    ...EGRESS,
    srcaddr: '10.0.1.5',
    dstaddr: '10.0.2.7',
    'pkt-srcaddr': '10.9.0.3',
    'pkt-dstaddr': '52.216.1.1',
    'pkt-dst-aws-service': 'S3',
  }),
  flow(NOON + 65, {
    ...INGRESS,
    srcaddr: '198.51.100.7',
    action: 'REJECT',
    dstport: 22,
    'reject-reason': 'BPA',
  }),
  flow(NOON + 66, { ...INGRESS, srcaddr: '10.0.1.5', dstaddr: 'banana', 'pkt-dstaddr': '1.2.3' }),
  flow(NOON + 301, { ...INGRESS, srcport: '-', dstport: '-', protocol: 1 }),
  flow(NOON + 302, { ...EGRESS, srcaddr: '10.0.1.5', bytes: '9007199254740993', packets: 0, action: '-' }),
  flow(NOON + 700, { ...INGRESS, start: NOON - 100, srcaddr: '10.0.1.5', dstaddr: '10.0.1.5' }),
  { ...silence(NOON + 120, 'NODATA'), ...INGRESS },
  { ...silence(NOON + 420, 'SKIPDATA'), ...INGRESS },
  // Of other hours and days: nothing of these is in the window.
  flow(NOON - 7_200, { ...INGRESS, srcaddr: '10.0.1.5', bytes: 5 }),
  flow(NOON + 86_400, { ...INGRESS, srcaddr: '10.0.1.5', bytes: 7 }),
  flow(NOON - 86_400, { ...EGRESS, srcaddr: '10.0.1.5', bytes: 11 }),
];

/** The columns of a plain table with the fields of these records, and their types in the words of Hive. */
export function plainColumns(fields: readonly string[]): readonly (readonly [name: string, type: string])[] {
  return fields.map((field) => {
    const isText = !isField(field) || FIELDS[field].type === 'text';
    return [columnName(field), isText ? 'varchar' : 'bigint'];
  });
}

/** The records as rows of SQL, in the order of fields. */
export function plainRows(fields: readonly string[]): string {
  const literal = (field: string, value: PlainRecord[string] = '-') => {
    const isText = !isField(field) || FIELDS[field].type === 'text';
    if (isText) return `'${value}'`;
    return value === '-' ? 'CAST(NULL AS bigint)' : String(value);
  };
  return OCSF_RECORDS.map(
    (record) => `(${fields.map((field) => literal(field, record[field])).join(', ')})`,
  ).join(',\n');
}

/** How an engine writes types and structs. */
export interface StructWords {
  type(type: HiveType): string;
  /** A struct of named expressions, as a type says. */
  struct(members: readonly (readonly [name: string, expression: string])[], type: string): string;
}

/** The columns of the table of OCSF, as an engine writes them. */
export function ocsfColumns({ type }: StructWords): readonly string[] {
  return OCSF_SCHEMA.columns.map((column) => `"${column.name}" ${type(readHiveType(column.type))}`);
}

/** Where a value of OCSF is made otherwise than by taking over a column of the plain table. */
const MADE: Readonly<Record<string, string>> = {
  'metadata.product.version': 'CAST(version AS varchar)',
  'cloud.account.uid': 'account_id',
  'cloud.region': 'region',
  'cloud.zone': 'az_id',
  ...endpoint('src', 'egress'),
  ...endpoint('dst', 'ingress'),
  'connection_info.protocol_num': 'CAST(protocol AS integer)',
  'connection_info.tcp_flags': 'CAST(tcp_flags AS integer)',
  'connection_info.protocol_ver': 'type',
  'connection_info.boundary_id': 'CAST(traffic_path + 3 AS integer)',
  'connection_info.direction_id': "CASE flow_direction WHEN 'ingress' THEN 1 WHEN 'egress' THEN 2 END",
  'traffic.packets': 'packets',
  'traffic.bytes': 'bytes',
  time: '"start" * 1000',
  time_dt: 'CAST(from_unixtime("start") AS timestamp)',
  start_time_dt: 'CAST(from_unixtime("start") AS timestamp)',
  end_time_dt: 'CAST(from_unixtime("end") AS timestamp)',
  activity_id: "CASE action WHEN 'REJECT' THEN 5 ELSE 6 END",
  action: "CASE action WHEN 'ACCEPT' THEN 'Allowed' WHEN 'REJECT' THEN 'Denied' END",
  action_id: "CASE action WHEN 'ACCEPT' THEN 1 WHEN 'REJECT' THEN 2 ELSE 0 END",
  status_code: 'log_status',
  'unmapped.sublocation_type': 'sublocation_type',
  'unmapped.reject_reason': 'reject_reason',
};

/**
 * An end of a flow, by AWS's mapping: where the packet has another address than the interface, that of the interface is an
 * intermediate one; the interface is at the side at which it recorded.
 */
function endpoint(side: 'src' | 'dst', direction: string): Readonly<Record<string, string>> {
  const [own, packet] = [`${side}addr`, `pkt_${side}addr`];
  const ofInterface = ['interface', 'vpc', 'instance', 'subnet'].map((what) => [
    `${side}_endpoint.${what}_uid`,
    `CASE WHEN flow_direction = '${direction}' THEN ${what}_id END`,
  ]);
  return {
    [`${side}_endpoint.port`]: `CAST(${side}port AS integer)`,
    [`${side}_endpoint.svc_name`]: `pkt_${side}_aws_service`,
    [`${side}_endpoint.ip`]: `CASE WHEN ${packet} = ${own} THEN ${own} ELSE ${packet} END`,
    [`${side}_endpoint.intermediate_ips`]: `CASE WHEN ${packet} <> ${own} THEN ARRAY[${own}] END`,
    ...Object.fromEntries(ofInterface),
  };
}

/** What fills the table of OCSF from the plain one. */
export function ocsfSelect(words: StructWords, from: string): string {
  const columns = OCSF_SCHEMA.columns.map(({ name, type }) =>
    expressionOf(readHiveType(type), [name], words),
  );
  return `SELECT ${columns.join(',\n')} FROM ${from}`;
}

function expressionOf(type: HiveType, path: readonly string[], words: StructWords): string {
  const written = words.type(type);
  if (type.kind !== 'struct') return MADE[path.join('.')] ?? `CAST(NULL AS ${written})`;
  const members = type.members.map(
    ([name, member]) => [name, expressionOf(member, [...path, name], words)] as const,
  );
  return words.struct(members, written);
}
