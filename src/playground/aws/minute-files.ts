import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import pLimit from 'p-limit';
import { SLOT_SECONDS } from '../../core/flow-log/slots.ts';
import { SAMPLE_NETWORK } from './network.ts';
import { hash32 } from './random.ts';
import type { Timeline } from './timeline.ts';
import { type FlowRecord, SAMPLE_FORMAT } from './traffic/flow-record.ts';
import { minuteRecords } from './traffic/minute-records.ts';
import { momentOf } from './traffic/moment.ts';
import { writeWhole } from './whole-file.ts';

const compress = promisify(gzip);

/** Compression runs on Node's four worker threads; more at once would only wait in memory. */
const FILES_AT_ONCE = 4;

const { accountId, region, flowLogId } = SAMPLE_NETWORK;

/** Where the sample's files are, from the lake's root. */
const LOG_ROOT = `AWSLogs/${accountId}/vpcflowlogs/${region}`;

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
  await pLimit(FILES_AT_ONCE).map(minutes, async (minute) => {
    const content = await compress(logFileText(timeline, minute));
    await writeWhole(path.join(folder, logFileKey(timeline, minute)), content);
  });
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

/** The key of a minute's file, in AWS's plain daily layout. */
export function logFileKey({ seed, anchorMinute }: Timeline, minute: number): string {
  const day = new Date(slotSeconds(minute) * 1000).toISOString().slice(0, 10);
  const name = awsFileName({ flowLogId, minute, key: `${seed}/${anchorMinute}/${minute}`, ending: 'log.gz' });
  return `${LOG_ROOT}/${day.replaceAll('-', '/')}/${name}`;
}

/** The file of a flow log for a minute. */
export interface MinuteFile {
  readonly flowLogId: string;
  readonly minute: number;
  /** What the hash in the name is made from. */
  readonly key: string;
  readonly ending: 'log.gz' | 'log.parquet';
}

/**
 * The name of a minute's file. AWS names a file by its slot of five minutes and may publish several for one slot, so
 * that the five minutes of a slot share all but the hash.
 */
export function awsFileName(file: MinuteFile): string {
  const time = new Date(slotSeconds(file.minute) * 1000).toISOString().slice(0, 16).replace(/[-:]/g, '');
  const hash = hash32(file.key).toString(16).padStart(8, '0');
  return `${accountId}_vpcflowlogs_${region}_${file.flowLogId}_${time}Z_${hash}.${file.ending}`;
}

/** When the slot of a minute begins, in epoch seconds. */
export function slotSeconds(minute: number): number {
  return Math.floor((minute * 60) / SLOT_SECONDS) * SLOT_SECONDS;
}

/** The text of a minute's file: the header, then one line for each record. */
function logFileText({ seed, anchorMinute }: Timeline, minute: number): string {
  const lines = minuteRecords(momentOf(seed, anchorMinute, minute)).map(lineOf);
  return `${[SAMPLE_FORMAT.join(' '), ...lines].join('\n')}\n`;
}

function lineOf(record: FlowRecord): string {
  return SAMPLE_FORMAT.map((field) => record[field] ?? '-').join(' ');
}

/** The keys of the files in a folder that the sample wrote, half-written ones among them. */
export async function ownFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, LOG_ROOT), { recursive: true }).catch(noneIfMissing);
  return names
    .filter((name) => path.basename(name).includes(`_${flowLogId}_`))
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
