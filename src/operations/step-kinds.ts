import type { StepKind } from '../core/operation/plan.ts';
import { addPartitions } from './step/add-partitions.ts';
import { createBucket } from './step/create-bucket.ts';
import { createDatabase } from './step/create-database.ts';
import { createFlowLog } from './step/create-flow-log.ts';
import { createTable } from './step/create-table.ts';
import { createWorkgroup } from './step/create-workgroup.ts';
import { deleteFiles } from './step/delete-files.ts';
import { deleteFlowLog } from './step/delete-flow-log.ts';
import { dropTable } from './step/drop-table.ts';
import { expireFiles } from './step/expire-files.ts';
import { mergeBucketPolicy } from './step/merge-bucket-policy.ts';
import { waitForFirstFile } from './step/wait-for-first-file.ts';

/** Every kind of step, by which plans that were written down are carried out. */
export const STEP_KINDS: readonly StepKind[] = [
  createBucket,
  mergeBucketPolicy,
  expireFiles,
  createFlowLog,
  waitForFirstFile,
  createWorkgroup,
  createDatabase,
  createTable,
  dropTable,
  addPartitions,
  deleteFlowLog,
  deleteFiles,
];
