import { FIELD_NAMES, type FieldName } from '../flow-log/fields.ts';
import type { RecordedInterface, RecordedNames } from '../lake/recorded-names.ts';
import type { LogTable } from '../lake/scan.ts';
import { identifier } from '../sql/literals.ts';
import { inOrder, type Sql, sql } from '../sql/sql.ts';
import { flow, flowColumn } from './flow-columns.ts';

/** What records say of the interface that made them: the members of `RecordedInterface` by field, in the order of the text. */
const OF_INTERFACE = {
  'interface-id': 'interfaceId',
  'instance-id': 'instanceId',
  'interface-type': 'type',
  'ecs-service-name': 'ecsService',
  'ecs-task-definition-arn': 'ecsTaskDefinition',
  'ecs-task-id': 'ecsTask',
  'interface-tag': 'interfaceTag',
  'instance-tag': 'instanceTag',
  'asg-tag': 'groupTag',
} as const satisfies Partial<Record<FieldName, keyof RecordedInterface>>;

type OfInterface = keyof typeof OF_INTERFACE;

/** Fields whose values may be any text, within which the signs of our own text are percent-encoded. */
const FREE_TEXT: ReadonlySet<FieldName> = new Set<FieldName>(['interface-tag', 'instance-tag', 'asg-tag']);

/** Longer lists than any network that people look at: more is not worth its way through the levels of a statement. */
const MOST_ENTRIES = 2_000;

/** Between what interfaces say and what services say, between entries, and between the parts of one. */
const SIGNS = { halves: ';', entries: ',', parts: ' ' } as const;

/** The expressions that carry names out of records; each is NULL of a record that says none. */
export interface NameReading {
  /** `10.0.1.5 eni-1 i-1`: the own address of an interface, or `-`, and what is recorded of the interface. */
  readonly owner: Sql;
  /** `52.216.1.1 S3`: a public address of AWS, and its service. */
  readonly service: Sql;
}

/** The fields that say of which interface a record is, as far as some table has them. */
export function namingFields(tables: readonly LogTable[]): readonly FieldName[] {
  const recorded = new Set(tables.flatMap(({ fields }) => fields));
  return FIELD_NAMES.filter((field) => recorded.has(field));
}

function fieldsOfInterface(fields: readonly FieldName[]): readonly OfInterface[] {
  return Object.keys(OF_INTERFACE).filter((field): field is OfInterface =>
    fields.includes(field as FieldName),
  );
}

/** Whether records of these fields name anything. */
function saysNames(fields: readonly FieldName[]): boolean {
  const known = fieldsOfInterface(fields).filter((field) => field !== 'interface-id');
  const isOwnKnown = fields.includes('flow-direction') && fields.includes('interface-id');
  return known.length > 0 || isOwnKnown || hasServices(fields);
}

function hasServices(fields: readonly FieldName[]): boolean {
  return fields.includes('pkt-src-aws-service') || fields.includes('pkt-dst-aws-service');
}

/**
 * The address that is the interface's own: what it sends from, or receives at. An address that stands in the packet
 * instead, behind a NAT gateway or of a pod, is not the interface's; and without a direction none is known to be.
 */
const OWN_ADDRESS = sql`CASE
  WHEN ${flow.flow_direction} = 'egress' AND coalesce(${flow.pkt_srcaddr}, ${flow.srcaddr}) = ${flow.srcaddr} THEN ${flow.srcaddr}
  WHEN ${flow.flow_direction} = 'ingress' AND coalesce(${flow.pkt_dstaddr}, ${flow.dstaddr}) = ${flow.dstaddr} THEN ${flow.dstaddr} END`;

function withoutSigns(text: Sql): Sql {
  return sql`replace(replace(replace(${text}, ' ', '%20'), ',', '%2C'), ';', '%3B')`;
}

function ownerOf(fields: readonly FieldName[]): Sql {
  const own = fields.includes('flow-direction') ? sql`coalesce(${OWN_ADDRESS}, '-')` : sql`'-'`;
  const parts = fieldsOfInterface(fields).map((field) => {
    const column = flow[flowColumn(field)];
    const text = FREE_TEXT.has(field) ? withoutSigns(column) : column;
    return sql`|| ' ' || coalesce(${text}, '-')`;
  });
  return inOrder([own, ...parts]);
}

/** Of a record between two services the receiver is named; the reply names the other one. */
const SERVICE = sql`coalesce(
    coalesce(${flow.pkt_dstaddr}, ${flow.dstaddr}) || ' ' || ${flow.pkt_dst_aws_service},
    coalesce(${flow.pkt_srcaddr}, ${flow.srcaddr}) || ' ' || ${flow.pkt_src_aws_service})`;

const NO_TEXT = sql`CAST(NULL AS varchar)`;

/** How names are read out of records of these fields; undefined where they name nothing, so that nothing is read for it. */
export function nameReading(fields: readonly FieldName[]): NameReading | undefined {
  if (!saysNames(fields)) return undefined;
  return { owner: ownerOf(fields), service: hasServices(fields) ? SERVICE : NO_TEXT };
}

/** What one record says: `10.0.1.5 eni-1 i-1;52.216.1.1 S3`. */
export function nameOfEach({ owner, service }: NameReading): Sql {
  return sql`coalesce(${owner}, '') || ';' || coalesce(${service}, '')`;
}

/** The columns in which each record that is asked for carries what it says, to where records are grouped. */
export function namesCarried(reading: NameReading | undefined): Readonly<Record<string, Sql>> {
  return reading === undefined ? {} : { says_owner: reading.owner, says_service: reading.service };
}

/** What all records of a group say, each once: entries with commas between them, sorted. It reads what was carried. */
export const NAMES_OF_ALL = sql`${eachOnce('says_owner')} || ';' || ${eachOnce('says_service')}`;

function eachOnce(column: 'says_owner' | 'says_service'): Sql {
  const name = identifier(column);
  const entries = sql`array_sort(map_keys(histogram(${name}) FILTER (WHERE log_status = 'OK' AND ${name} IS NOT NULL)))`;
  return sql`coalesce(array_join(slice(${entries}, 1, ${MOST_ENTRIES}), ','), '')`;
}

/** Reads what records of some fields said, in any number of texts. What is of no known form is passed over. */
export function readRecordedNames(texts: Iterable<string>, fields: readonly FieldName[]): RecordedNames {
  const names = fieldsOfInterface(fields);
  const owners = new Map<string, RecordedInterface>();
  const services = new Map<string, string>();
  for (const text of texts) {
    const [said = '', ofServices = ''] = text.split(SIGNS.halves);
    for (const entry of entriesIn(said)) {
      const owner = readOwner(entry, names);
      if (owner !== undefined) owners.set(entry, owner);
    }
    for (const entry of entriesIn(ofServices)) {
      const [address, service, ...more] = entry.split(SIGNS.parts);
      if (address !== undefined && service !== undefined && more.length === 0) services.set(address, service);
    }
  }
  return { interfaces: [...owners.values()], services };
}

function entriesIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(SIGNS.entries);
}

function readOwner(entry: string, names: readonly OfInterface[]): RecordedInterface | undefined {
  const [address, ...values] = entry.split(SIGNS.parts);
  if (address === undefined || values.length !== names.length) return undefined;
  const said = names.flatMap((field, index): readonly (readonly [string, string])[] => {
    const value = values[index] ?? '-';
    return value === '-' ? [] : [[OF_INTERFACE[field], FREE_TEXT.has(field) ? decoded(value) : value]];
  });
  return { address: address === '-' ? undefined : address, ...Object.fromEntries(said) };
}

/** AWS writes the values of tags percent-encoded. A value that is no such text stays as it is. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
