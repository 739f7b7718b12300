import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { type LogSource, sourceRoot } from '../../core/lake/log-source.ts';
import type { PlannedStep } from '../../core/operation/plan.ts';
import { showBytes, showInteger } from '../../core/wording.ts';
import { deleteFiles } from '../step/delete-files.ts';
import { deleteFlowLog } from '../step/delete-flow-log.ts';
import { amountOf } from './amount-of.ts';
import type { FoundFiles } from './count-files.ts';

/** The step that stops a flow log. */
export function deletingFlowLog({ account, region }: LogSource, id: string): PlannedStep {
  return deleteFlowLog.planned(
    { account, region, id },
    {
      words: `Delete the flow log ${id}, which touches no file`,
      calls: [`ec2:DescribeFlowLogs ${id} (the tag of flowlog)`, `ec2:DeleteFlowLogs FlowLogIds=[${id}]`],
      cost: 'free',
      undo: 'a new one can be set up; what is not recorded meanwhile is lost',
    },
  );
}

/** The step that deletes files for good. */
export function deletingFiles(source: LogSource, id: string, { count, bytes }: FoundFiles): PlannedStep {
  const { account, region, files } = source;
  const prefix = sourceRoot(source);
  return deleteFiles.planned(
    { account, region, bucket: files.bucket, prefix, flowLogId: id },
    {
      words: `Delete ${amountOf(count, 'file')} (${showBytes(bytes)}) of ${id}, in every version`,
      calls: [
        `s3:ListObjectVersions ${files.bucket}/${prefix}`,
        `s3:DeleteObjects ${files.bucket} (${showInteger(AWS_LIMITS.objectsPerDelete)} at a time, those whose name holds _${id}_)`,
      ],
      cost: 'free',
      undo: 'cannot be undone',
    },
  );
}
