import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isField } from '../../../core/flow-log/fields.ts';
import { placeOfGroup } from '../../../core/lake/log-group-files.ts';
import { folderAt, type S3Place, sourceRoot } from '../../../core/lake/log-source.ts';
import { writeParquet } from '../../../duckdb/write-parquet.ts';
import { awsFileName, minutesBetween, slotSeconds } from '../minute-files.ts';
import { SAMPLE_NETWORK } from '../network.ts';
import { readTimeline, type Timeline } from '../timeline.ts';
import type { FlowRecord } from '../traffic/flow-record.ts';
import { minuteRecords } from '../traffic/minute-records.ts';
import { momentOf } from '../traffic/moment.ts';
import { writeWhole } from '../whole-file.ts';
import { bucketFolder } from './sample-buckets.ts';
import type { SampleFlowLog, StateFile } from './sample-state.ts';

const compress = promisify(gzip);

/**
 * AWS delivers nothing from before a flow log was created, and its first file ten minutes after. Here the ten minutes
 * before are delivered at once, so that a walk through all operations is a matter of seconds.
 */
const HEAD_START_MINUTES = 10;

/** Writes the files that the flow logs that were set up have not delivered yet. */
export async function deliver(folder: string, state: StateFile, now: Date): Promise<void> {
  const timeline = await readTimeline(folder);
  if (timeline === undefined) return;
  const nowMinute = Math.floor(now.getTime() / 60_000);
  for (const flowLog of (await state.read()).flowLogs) {
    const created = Math.floor(Date.parse(flowLog.createdAt) / 60_000);
    for (const minute of minutesBetween(created - HEAD_START_MINUTES, nowMinute))
      await deliverMinute(folder, flowLog, timeline, minute);
  }
}

/** A log group is a folder of files too. */
function placeOf({ destination }: SampleFlowLog): S3Place {
  return destination.kind === 's3' ? destination : placeOfGroup(destination.logGroup);
}

async function deliverMinute(
  folder: string,
  flowLog: SampleFlowLog,
  timeline: Timeline,
  minute: number,
): Promise<void> {
  const { fields } = flowLog;
  const destination = placeOf(flowLog);
  const path = join(folder, bucketFolder(destination.bucket), keyOf(flowLog, destination, minute));
  if (await exists(path)) return;
  const records = minuteRecords(momentOf(timeline.seed, timeline.anchorMinute, minute)).filter((record) =>
    isRecordedBy(record, flowLog),
  );
  if (records.length === 0) return;
  const lines = records.map((record) =>
    fields.map((field) => (isField(field) ? (record[field] ?? '-') : '-')).join(' '),
  );
  if (destination.files.format === 'parquet') await writeParquet(path, fields, lines);
  else await writeWhole(path, await compress(`${[fields.join(' '), ...lines].join('\n')}\n`));
}

function keyOf({ id }: SampleFlowLog, destination: S3Place, minute: number): string {
  const { accountId: account, region } = SAMPLE_NETWORK;
  const ending = destination.files.format === 'parquet' ? 'log.parquet' : 'log.gz';
  const name = awsFileName({ flowLogId: id, minute, key: `${id}/${minute}`, ending });
  const root = sourceRoot({ account, region, place: destination });
  return `${root}${folderAt(destination.files, slotSeconds(minute))}/${name}`;
}

function isRecordedBy(record: FlowRecord, { resourceId, trafficType }: SampleFlowLog): boolean {
  const host = SAMPLE_NETWORK.interfaces.find(({ interfaceId }) => interfaceId === record['interface-id']);
  const covered = [SAMPLE_NETWORK.vpcId, host?.interfaceId, host?.subnet.subnetId].includes(resourceId);
  return covered && (trafficType === 'ALL' || record.action === undefined || record.action === trafficType);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
