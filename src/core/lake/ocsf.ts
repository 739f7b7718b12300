import type { FieldName } from '../flow-log/fields.ts';

/** Where OCSF keeps a field of flow logs. */
export interface OcsfField {
  /** Paths with dots; `[1]` is the first element of a list. The first that the table has counts, in its versions. */
  readonly oneOf?: readonly OcsfPath[];
  /** Of all that the table has the first that is not NULL counts, row by row. */
  readonly anyOf?: readonly string[];
}

interface OcsfPath {
  readonly path: string;
  readonly words?: Readonly<Record<string, string>>;
}

const at = (...paths: readonly string[]): OcsfField => ({ oneOf: paths.map((path) => ({ path })) });
/** The interface that recorded is the destination of what came in, and the source of what went out. */
const atInterface = (member: string): OcsfField => ({
  anyOf: [`dst_endpoint.${member}`, `src_endpoint.${member}`],
});

/**
 * Network Activity of OCSF, as AWS writes flow logs in it: Security Lake, and what follows it in CloudWatch. Versions before
 * 1.1 have other names for some. Where the packet's own address is another one than that of the interface, `ip` is the
 * packet's, and that of the interface is an intermediate address.
 * @see https://schema.ocsf.io/classes/network_activity
 * @see https://github.com/ocsf/examples
 */
export const OCSF_FIELDS: Readonly<Partial<Record<FieldName, OcsfField>>> = {
  version: at('metadata.product.version'),
  'account-id': at('cloud.account.uid', 'cloud.account_uid'),
  'interface-id': atInterface('interface_uid'),
  srcaddr: { anyOf: ['src_endpoint.intermediate_ips[1]', 'src_endpoint.ip'] },
  dstaddr: { anyOf: ['dst_endpoint.intermediate_ips[1]', 'dst_endpoint.ip'] },
  srcport: at('src_endpoint.port'),
  dstport: at('dst_endpoint.port'),
  protocol: at('connection_info.protocol_num'),
  packets: at('traffic.packets'),
  bytes: at('traffic.bytes'),
  // The time of an event is its start.
  start: at('start_time_dt', 'start_time', 'time_dt', 'time'),
  end: at('end_time_dt', 'end_time'),
  action: {
    oneOf: [
      { path: 'action_id', words: { 1: 'ACCEPT', 2: 'REJECT' } },
      { path: 'activity_id', words: { 5: 'REJECT', 6: 'ACCEPT' } },
    ],
  },
  'log-status': at('status_code'),
  'vpc-id': atInterface('vpc_uid'),
  'subnet-id': atInterface('subnet_uid'),
  'instance-id': atInterface('instance_uid'),
  'tcp-flags': at('connection_info.tcp_flags'),
  type: at('connection_info.protocol_ver'),
  'pkt-srcaddr': at('src_endpoint.ip'),
  'pkt-dstaddr': at('dst_endpoint.ip'),
  region: at('cloud.region'),
  'az-id': at('cloud.zone'),
  'pkt-src-aws-service': at('src_endpoint.svc_name'),
  'pkt-dst-aws-service': at('dst_endpoint.svc_name'),
  'flow-direction': {
    oneOf: [{ path: 'connection_info.direction_id', words: { 1: 'ingress', 2: 'egress' } }],
  },
  'traffic-path': {
    oneOf: [
      {
        path: 'connection_info.boundary_id',
        words: { 4: '1', 5: '2', 6: '3', 7: '4', 8: '5', 9: '6', 10: '7', 11: '8' },
      },
    ],
  },
};

/** The struct with the fields that OCSF has no place for, under their own names. */
export const OCSF_UNMAPPED = 'unmapped';

/** The column by whose range OCSF's tables are cut into files, in the order of preference. */
export const OCSF_TIMES = ['time_dt', 'time'] as const;

/** What only a table of OCSF has. */
export const OCSF_MARK = 'src_endpoint';
