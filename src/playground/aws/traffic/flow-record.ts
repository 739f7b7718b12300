import { FIELD_NAMES, FIELDS, type FieldName } from '../../../core/flow-log/fields.ts';
import { SAMPLE_NETWORK, type SampleInterface } from '../network.ts';
import { awsServiceOf } from '../outside.ts';
import type { Exchange, SentPackets } from './exchange.ts';

/** A record by field name; a field that is absent is written as `-`. */
export type FlowRecord = Readonly<Partial<Record<FieldName, string | number>>>;

/** The highest version of any field in the format, which is what every record of the flow log says. */
const VERSION = 5;

/** The fields that the sample's flow log writes: all up to version 5, in AWS's order. */
export const SAMPLE_FORMAT: readonly FieldName[] = FIELD_NAMES.filter(
  (name) => FIELDS[name].version <= VERSION,
);

/** Packets as one interface saw them pass. */
export interface PassingPackets {
  readonly host: SampleInterface;
  readonly direction: 'ingress' | 'egress';
  readonly srcaddr: string;
  readonly dstaddr: string;
  readonly srcport: number;
  readonly dstport: number;
  readonly pktSrcaddr: string;
  readonly pktDstaddr: string;
  readonly action: 'ACCEPT' | 'REJECT';
  /** AWS's number of the way out; undefined for packets that came in or went nowhere. */
  readonly trafficPath: number | undefined;
}

/** The record of one sighting. Written out field by field: spreading makes the first fill three times slower. */
export function flowRecord(sighting: PassingPackets, packets: SentPackets, exchange: Exchange): FlowRecord {
  const { host } = sighting;
  return {
    version: VERSION,
    'account-id': SAMPLE_NETWORK.accountId,
    'interface-id': host.interfaceId,
    srcaddr: sighting.srcaddr,
    dstaddr: sighting.dstaddr,
    srcport: sighting.srcport,
    dstport: sighting.dstport,
    protocol: exchange.protocol,
    packets: packets.packets,
    bytes: packets.bytes,
    start: exchange.startSeconds,
    end: exchange.endSeconds,
    action: sighting.action,
    'log-status': 'OK',
    'vpc-id': SAMPLE_NETWORK.vpcId,
    'subnet-id': host.subnet.subnetId,
    'instance-id': host.instanceId ?? '-',
    'tcp-flags': packets.tcpFlags,
    type: sighting.srcaddr.includes(':') ? 'IPv6' : 'IPv4',
    'pkt-srcaddr': sighting.pktSrcaddr,
    'pkt-dstaddr': sighting.pktDstaddr,
    region: SAMPLE_NETWORK.region,
    'az-id': host.subnet.zoneId,
    'pkt-src-aws-service': awsServiceOf(sighting.pktSrcaddr) ?? '-',
    'pkt-dst-aws-service': awsServiceOf(sighting.pktDstaddr) ?? '-',
    'flow-direction': sighting.direction,
    'traffic-path': sighting.trafficPath ?? '-',
  };
}

/** The record of a minute without traffic (NODATA) or without its records (SKIPDATA). */
export function statusRecord(
  host: SampleInterface,
  status: 'NODATA' | 'SKIPDATA',
  startSeconds: number,
): FlowRecord {
  const endSeconds = startSeconds + SAMPLE_NETWORK.aggregationSeconds - 1;
  return {
    version: VERSION,
    'account-id': SAMPLE_NETWORK.accountId,
    'interface-id': host.interfaceId,
    start: startSeconds,
    end: endSeconds,
    'log-status': status,
  };
}
