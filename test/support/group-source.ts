import type { LogGroupSource } from '../../src/core/lake/log-source.ts';

/** How a source in CloudWatch Logs differs from the usual one. */
interface GroupSourceOptions {
  readonly id?: string;
  readonly logGroup?: string;
  readonly fields?: readonly string[];
  readonly createdAt?: string;
}

/** A flow log that delivers to a log group. */
export function groupSource({
  id = 'fl-0123456789abcdef0',
  logGroup = '/flowlog/vpc',
  fields = ['srcaddr', 'dstaddr', 'start', 'end'],
  createdAt = '2026-01-01T00:00:00Z',
}: GroupSourceOptions = {}): LogGroupSource {
  const place = { kind: 'cloud-watch-logs', logGroup } as const;
  return {
    name: id,
    account: '123456789012',
    region: 'eu-central-1',
    place,
    fields,
    trafficType: 'ALL',
    resource: undefined,
    flowLog: {
      id,
      resourceId: 'vpc-0a1b2c3d4e5f60718',
      trafficType: 'ALL',
      fields,
      destination: place,
      maxIntervalSeconds: 600,
      createdAt: new Date(createdAt),
      delivery: { status: 'succeeding', error: '' },
      tags: {},
    },
    adopted: undefined,
  };
}
