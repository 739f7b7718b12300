import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { SLOT_SECONDS } from '../../core/flow-log/interval.ts';
import { SAMPLE_NETWORK } from './network.ts';
import { hash32 } from './random.ts';
import { type FlowRecord, SAMPLE_FORMAT } from './traffic/flow-record.ts';
import { minuteRecords } from './traffic/minute-records.ts';
import { momentOf } from './traffic/moment.ts';
import { writeWhole } from './write-whole.ts';

const compress = promisify(gzip);

/** Compression runs on Node's four worker threads; more at once would only wait in memory. */
const FILES_AT_ONCE = 4;

/** From the first minute up to, and without, the last; none when the first is later. */
export function minutesBetween(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

/** Writes the file of each minute. */
export async function writeMinutes(
  folder: string,
  timeline: Timeline,
  minutes: readonly number[],
): Promise<void> {
  for (let first = 0; first < minutes.length; first += FILES_AT_ONCE) {
    const together = minutes.slice(first, first + FILES_AT_ONCE);
    await Promise.all(together.map((minute) => writeMinute(folder, timeline, minute)));
  }
}

/** Removes the file of each minute, if it is there. */
export async function removeMinutes(
  folder: string,
  timeline: Timeline,
  minutes: readonly number[],
): Promise<void> {
  await Promise.all(
    minutes.map((minute) => rm(path.join(folder, logFileKey(timeline, minute)), { force: true })),
  );
}

async function writeMinute(folder: string, timeline: Timeline, minute: number): Promise<void> {
  const content = await compress(logFileText(timeline, minute));
  await writeWhole(path.join(folder, logFileKey(timeline, minute)), content);
}

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

/** The keys of the files in a folder that the sample wrote, half-written ones among them. */
export async function ownFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, LOG_ROOT), { recursive: true }).catch(noneIfMissing);
  return names
    .filter((name) => path.basename(name).includes(`_${SAMPLE_NETWORK.flowLogId}_`))
    .map((name) => path.posix.join(LOG_ROOT, ...name.split(path.sep)));
}

/** Removes what the sample wrote and nothing else. */
export async function removeOwnFiles(folder: string): Promise<void> {
  for (const key of await ownFiles(folder)) await rm(path.join(folder, key), { force: true });
}

function noneIfMissing(error: NodeJS.ErrnoException): readonly string[] {
  if (error.code !== 'ENOENT') throw error;
  return [];
}
