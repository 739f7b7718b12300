import { HOSTS, SAMPLE_NETWORK } from '../network.ts';
import { isGoingOn, PLANTED } from '../planted.ts';
import type { Exchange } from './exchange.ts';
import { type FlowRecord, statusRecord } from './flow-record.ts';
import { scannerTraffic, visitorTraffic } from './internet-traffic.ts';
import { linkTraffic } from './link-traffic.ts';
import type { Moment } from './moment.ts';
import { outboundTraffic } from './outbound-traffic.ts';
import { plantedTraffic } from './planted-traffic.ts';
import { flowRecords } from './sightings.ts';

const TRAFFIC = [visitorTraffic, linkTraffic, outboundTraffic, scannerTraffic, plantedTraffic] as const;

/** All that went between two parties in a minute. */
export function minuteExchanges(moment: Moment): readonly Exchange[] {
  return TRAFFIC.flatMap((traffic) => traffic(moment));
}

/** Everything that the interfaces of the sample network recorded in a minute. */
export function minuteRecords(moment: Moment): readonly FlowRecord[] {
  const records = minuteExchanges(moment).flatMap(flowRecords);
  return withIdle(withSkipped(records, moment), moment);
}

/** Takes away what AWS skipped, and says so as AWS does: one record for all that are lost. */
function withSkipped(records: readonly FlowRecord[], moment: Moment): readonly FlowRecord[] {
  if (!isGoingOn(PLANTED.skippedRecords, moment.anchorOffset)) return records;
  const kept = records.filter((record) => record['interface-id'] !== HOSTS.web1.interfaceId);
  return [...kept, statusRecord(HOSTS.web1, 'SKIPDATA', moment.startSeconds)];
}

function withIdle(records: readonly FlowRecord[], moment: Moment): readonly FlowRecord[] {
  const heard = new Set(records.map((record) => record['interface-id']));
  const idle = SAMPLE_NETWORK.interfaces.filter((host) => !heard.has(host.interfaceId));
  return [...records, ...idle.map((host) => statusRecord(host, 'NODATA', moment.startSeconds))];
}
