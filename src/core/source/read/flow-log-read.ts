import { LONGEST_INTERVAL_SECONDS } from '../../flow-log/interval.ts';
import type { TrafficType } from '../../ports/cloud/flow-logs.ts';
import type { FlowLogRead, RecordedTraffic } from '../../ports/scan.ts';
import type { LogSource } from '../log-source.ts';
import { fileNames } from '../whose-files/file-names.ts';

const TRAFFIC: Readonly<Record<TrafficType, RecordedTraffic>> = {
  ALL: 'all',
  ACCEPT: 'accepted',
  REJECT: 'rejected',
};

/** A record may show its last packet up to a minute after it passed. */
const CLOCK_SECONDS = 60;

/** A source as coverage needs to know it. */
export function flowLogRead(source: LogSource): FlowLogRead {
  const { name, resource, trafficType, flowLog } = source;
  const eni = resource?.kind === 'interface' ? resource.id : undefined;
  const names = fileNames(source);
  return {
    name,
    eni,
    ...(names !== undefined && { fileNames: names }),
    ...(resource !== undefined && { resource: resource.id }),
    ...(trafficType !== undefined && { traffic: TRAFFIC[trafficType] }),
    ...(flowLog !== undefined && {
      longestIntervalSeconds: Math.min(flowLog.maxIntervalSeconds + CLOCK_SECONDS, LONGEST_INTERVAL_SECONDS),
    }),
  };
}
