/** How a field's values are stored: AWS's text log writes everything as text, Parquet uses these types. */
type FieldType = 'text' | 'integer' | 'long';

interface FieldFacts {
  /** The flow log version that introduced it; there is no version 6 for VPCs, and none added a field by that number. */
  readonly version: number;
  readonly type: FieldType;
}

const text = (version: number): FieldFacts => ({ version, type: 'text' });
const integer = (version: number): FieldFacts => ({ version, type: 'integer' });
const long = (version: number): FieldFacts => ({ version, type: 'long' });

/**
 * Every field of VPC flow log records, versions 2 to 11, in AWS's order; the first fourteen are the default format.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export const FIELDS = {
  version: integer(2),
  'account-id': text(2),
  'interface-id': text(2),
  srcaddr: text(2),
  dstaddr: text(2),
  srcport: integer(2),
  dstport: integer(2),
  protocol: integer(2),
  packets: long(2),
  bytes: long(2),
  start: long(2),
  end: long(2),
  action: text(2),
  'log-status': text(2),
  'vpc-id': text(3),
  'subnet-id': text(3),
  'instance-id': text(3),
  'tcp-flags': integer(3),
  type: text(3),
  'pkt-srcaddr': text(3),
  'pkt-dstaddr': text(3),
  region: text(4),
  'az-id': text(4),
  'sublocation-type': text(4),
  'sublocation-id': text(4),
  'pkt-src-aws-service': text(5),
  'pkt-dst-aws-service': text(5),
  'flow-direction': text(5),
  'traffic-path': integer(5),
  'ecs-cluster-arn': text(7),
  'ecs-cluster-name': text(7),
  'ecs-container-instance-arn': text(7),
  'ecs-container-instance-id': text(7),
  'ecs-container-id': text(7),
  'ecs-second-container-id': text(7),
  'ecs-service-name': text(7),
  'ecs-task-definition-arn': text(7),
  'ecs-task-arn': text(7),
  'ecs-task-id': text(7),
  'reject-reason': text(8),
  'resource-id': text(9),
  'encryption-status': text(10),
  'instance-tag': text(11),
  'instance-tag-2': text(11),
  'interface-tag': text(11),
  'interface-tag-2': text(11),
  'asg-tag': text(11),
  'asg-tag-2': text(11),
  'interface-type': text(11),
  'next-hop-interface-id': text(11),
  'next-hop-subnet-id': text(11),
  'next-hop-az-id': text(11),
  'next-hop-vpc-id': text(11),
  'next-hop-interface-type': text(11),
} as const satisfies Record<string, FieldFacts>;

/** The name of a field as the log's header writes it. */
export type FieldName = keyof typeof FIELDS;

/** All field names in AWS's order. */
export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

/** The format of a flow log whose creator chose none, which is also the order of a file without a header. */
export const DEFAULT_FORMAT: readonly FieldName[] = FIELD_NAMES.filter((name) => FIELDS[name].version === 2);

/** Whether a header's word is a field that we know. */
export function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

/** The column of a field in files and tables: hyphens become underscores, as AWS names Parquet columns. */
export function columnName(field: string): string {
  return field.toLowerCase().replace(/[^a-z0-9]+/g, '_');
}

/** What only a record of traffic has: the others have `-` there. */
export const TRAFFIC_FIELDS = [
  'srcaddr',
  'dstaddr',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'action',
  'srcport',
  'dstport',
  'protocol',
  'packets',
  'bytes',
] as const satisfies readonly FieldName[];

/**
 * The fields that show tags, by what is tagged: the first shows the first key that was chosen, the other the second.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export const TAG_FIELDS = {
  instance: ['instance-tag', 'instance-tag-2'],
  'network-interface': ['interface-tag', 'interface-tag-2'],
  'auto-scaling-group': ['asg-tag', 'asg-tag-2'],
} as const satisfies Readonly<Record<string, readonly FieldName[]>>;

/** What has tags that records can show. */
export type Tagged = keyof typeof TAG_FIELDS;

/** The keys of the tags that the fields of one kind show, in their order. */
export interface ShownTags {
  readonly of: Tagged;
  readonly keys: readonly string[];
}
