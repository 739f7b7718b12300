import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { nameTimeSeconds } from '../../core/flow-log/slots.ts';
import { type CloudSource, isOnS3, type S3Source, sourceRoot } from '../../core/lake/log-source.ts';
import type { OperationContext } from '../../core/operation/operation.ts';
import type { PlannedStep } from '../../core/operation/plan.ts';
import { showMoment } from '../../core/time/show-time.ts';
import { plural, showBytes, showInteger } from '../../core/wording.ts';
import { deleteFiles } from '../steps/bucket-steps.ts';
import { deleteFlowLog } from '../steps/flow-log-steps.ts';
import { siteAt } from '../steps/step.ts';

/** The step that stops a flow log. */
export function deletingFlowLog(source: CloudSource, id: string): PlannedStep {
  const { account, region } = source;
  return deleteFlowLog.planned(
    { account, region, id },
    {
      words: `Delete the flow log ${id}, which touches ${isOnS3(source) ? 'no file' : 'no event'}`,
      calls: [`ec2:DescribeFlowLogs ${id} (the tag of flowlog)`, `ec2:DeleteFlowLogs FlowLogIds=[${id}]`],
      cost: 'free',
      undo: 'a new one can be set up; what is not recorded meanwhile is lost',
    },
  );
}

/** The step that deletes files for good. */
export function deletingFiles(source: S3Source, id: string, { count, bytes }: FoundFiles): PlannedStep {
  const { account, region, place } = source;
  const prefix = sourceRoot(source);
  return deleteFiles.planned(
    { account, region, bucket: place.bucket, prefix, flowLogId: id },
    {
      words: `Delete ${plural(count, 'file')} (${showBytes(bytes)}) of ${id}, in every version`,
      calls: [
        `s3:ListObjectVersions ${place.bucket}/${prefix}`,
        `s3:DeleteObjects ${place.bucket} (${showInteger(AWS_LIMITS.objectsPerDelete)} at a time, those whose name holds _${id}_)`,
      ],
      cost: 'free',
      undo: 'cannot be undone',
    },
  );
}

/** The files of one flow log. */
export interface FoundFiles {
  readonly count: number;
  readonly bytes: number;
  /** When the oldest and the newest were begun, in epoch seconds. */
  readonly oldest: number | undefined;
  readonly newest: number | undefined;
}

/** Counts the files whose name carries the id of a flow log: others may be under the same prefix. */
export async function countFiles(
  source: S3Source,
  { cloud, signal }: Pick<OperationContext, 'cloud' | 'signal'>,
): Promise<FoundFiles> {
  const { buckets } = await siteAt(cloud, source, signal);
  let found: FoundFiles = { count: 0, bytes: 0, oldest: undefined, newest: undefined };
  for await (const page of buckets.pages(source.place.bucket, sourceRoot(source), signal))
    for (const { key, bytes } of page) {
      if (!key.includes(`_${source.name}_`)) continue;
      const time = nameTimeSeconds(key);
      found = {
        count: found.count + 1,
        bytes: found.bytes + bytes,
        oldest: Math.min(found.oldest ?? Number.POSITIVE_INFINITY, time ?? Number.POSITIVE_INFINITY),
        newest: Math.max(found.newest ?? Number.NEGATIVE_INFINITY, time ?? Number.NEGATIVE_INFINITY),
      };
    }
  return found;
}

/** `1,240 files, 38.2 MB, 2026-11-20 to 2026-11-23, in my-logs`. */
export function filesWords(
  { count, bytes, oldest, newest }: FoundFiles,
  { place: { bucket } }: S3Source,
): string {
  if (count === 0 || oldest === undefined || newest === undefined) return `It has no files in ${bucket}.`;
  return `It has ${plural(count, 'file')}, ${showBytes(bytes)}, from ${at(oldest)} to ${at(newest)}, in ${bucket}.`;
}

function at(seconds: number): string {
  return Number.isFinite(seconds) ? showMoment(new Date(seconds * 1000), 'UTC') : 'some time';
}
