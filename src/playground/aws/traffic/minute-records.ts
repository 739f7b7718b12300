import { type FlowRecord, statusRecord } from '../exchange/flow-record.ts';
import { flowRecords } from '../exchange/flow-records.ts';
import { HOSTS } from '../network/hosts.ts';
import { SAMPLE_NETWORK } from '../network/network.ts';
import { isGoingOn, PLANTED } from '../planted.ts';
import { attackTraffic } from './attack-traffic.ts';
import { faultTraffic } from './fault-traffic.ts';
import { linkTraffic } from './link-traffic.ts';
import type { Moment } from './moment.ts';
import { outboundTraffic } from './outbound-traffic.ts';
import { scannerTraffic } from './scanner-traffic.ts';
import { transferTraffic } from './transfer-traffic.ts';
import { visitorTraffic } from './visitor-traffic.ts';

const TRAFFIC = [
  visitorTraffic,
  linkTraffic,
  outboundTraffic,
  scannerTraffic,
  faultTraffic,
  attackTraffic,
  transferTraffic,
] as const;

/** Everything that the interfaces of the sample network recorded in a minute. */
export function minuteRecords(moment: Moment): readonly FlowRecord[] {
  const records = TRAFFIC.flatMap((traffic) => traffic(moment)).flatMap(flowRecords);
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
