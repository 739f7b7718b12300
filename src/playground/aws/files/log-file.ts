import { SLOT_SECONDS } from '../../../core/flow-log/slots.ts';
import { type FlowRecord, SAMPLE_FORMAT } from '../exchange/flow-record.ts';
import { SAMPLE_NETWORK } from '../network/network.ts';
import { hash32 } from '../random.ts';
import { minuteRecords } from '../traffic/minute-records.ts';
import { momentOf } from '../traffic/moment.ts';

const { accountId, region, flowLogId } = SAMPLE_NETWORK;

/** Where the sample's files are, from the lake's root. */
export const LOG_ROOT = `AWSLogs/${accountId}/vpcflowlogs/${region}`;

/** What the minutes of a sample follow from. */
export interface Timeline {
  readonly seed: number;
  /** Whole minutes since 1970. */
  readonly anchorMinute: number;
}

/**
 * The key of a minute's file, in AWS's plain daily layout. AWS names a file by its slot of five minutes and may
 * publish several for one slot, so that the five minutes of a slot share all but the hash.
 */
export function logFileKey({ seed, anchorMinute }: Timeline, minute: number): string {
  const slotStart = new Date(Math.floor((minute * 60) / SLOT_SECONDS) * SLOT_SECONDS * 1000).toISOString();
  const day = slotStart.slice(0, 10);
  const slot = `${day.replaceAll('-', '')}T${slotStart.slice(11, 13)}${slotStart.slice(14, 16)}Z`;
  const hash = hash32(`${seed}/${anchorMinute}/${minute}`).toString(16).padStart(8, '0');
  const name = `${accountId}_vpcflowlogs_${region}_${flowLogId}_${slot}_${hash}.log.gz`;
  return `${LOG_ROOT}/${day.replaceAll('-', '/')}/${name}`;
}

/** The text of a minute's file: the header, then one line for each record. */
export function logFileText({ seed, anchorMinute }: Timeline, minute: number): string {
  const lines = minuteRecords(momentOf(seed, anchorMinute, minute)).map(line);
  return `${[SAMPLE_FORMAT.join(' '), ...lines].join('\n')}\n`;
}

function line(record: FlowRecord): string {
  return SAMPLE_FORMAT.map((field) => record[field] ?? '-').join(' ');
}
