import type { FileLayout, WantedFlowLog } from '../../../../src/core/lake/flow-logs.ts';

/** Everything otherwise than AWS does by default. */
export const FILES: FileLayout = { format: 'parquet', hive: true, hourly: true };

/** Flow logs of two VPCs. */
export const WANTED: WantedFlowLog = {
  resourceIds: ['vpc-0a', 'vpc-0b'],
  trafficType: 'ALL',
  fields: ['version', 'pkt-srcaddr'],
  destination: {
    kind: 's3',
    bucket: 'logs',
    prefix: 'a/b',
    files: FILES,
  },
  maxIntervalSeconds: 60,
  tags: { 'managed-by': 'flowlog' },
};
