import type { FileLayout, FlowLog } from '../../src/core/lake/flow-logs.ts';
import type { S3Source } from '../../src/core/lake/log-source.ts';
import type { Resource } from '../../src/core/lake/network.ts';

/** A VPC, a subnet in it and an interface in that. */
export const A_VPC: Resource = { id: 'vpc-1', kind: 'vpc', vpcId: 'vpc-1', subnetId: undefined, name: '' };
export const A_SUBNET: Resource = { ...A_VPC, id: 'subnet-1', kind: 'subnet', subnetId: 'subnet-1' };
export const AN_INTERFACE: Resource = { ...A_SUBNET, id: 'eni-1', kind: 'interface' };

/** Fields that every flow log of these tests has. */
export const FIELDS = ['version', 'srcaddr', 'dstaddr', 'start', 'end', 'action', 'log-status'];

/** How a source differs from one on the VPC that records everything since long ago. */
export interface SourceChange extends Partial<S3Source> {
  readonly layout?: Partial<FileLayout>;
  readonly created?: string;
  readonly delivery?: FlowLog['delivery']['status'];
}

/** A flow log that can be asked. */
export function aSource(name = 'fl-0a', change: SourceChange = {}): S3Source {
  const { layout, created = '2026-01-01T00:00:00Z', delivery = 'succeeding', ...rest } = change;
  const { resource = A_VPC, trafficType = 'ALL', fields = FIELDS } = rest;
  const files = {
    kind: 's3' as const,
    bucket: 'logs',
    prefix: name,
    files: { format: 'text' as const, hive: false, hourly: false, ...layout },
  };
  const flowLog: FlowLog = {
    id: name,
    resourceId: resource?.id ?? '',
    trafficType,
    fields,
    destination: files,
    maxIntervalSeconds: 60,
    createdAt: new Date(created),
    tags: {},
    delivery: { status: delivery, error: delivery === 'failing' ? 'Access error' : '' },
  };
  const where = { account: '123456789012', region: 'us-east-1' };
  return {
    name,
    ...where,
    place: files,
    fields,
    trafficType,
    resource,
    flowLog,
    adopted: undefined,
    ...rest,
  };
}

/** The eight ways in which AWS writes files. */
export const LAYOUTS: readonly FileLayout[] = (['text', 'parquet'] as const).flatMap((format) =>
  [false, true].flatMap((hive) => [false, true].map((hourly) => ({ format, hive, hourly }))),
);
