import type { StepKind } from '../../core/operation/plan.ts';
import { createBucket, deleteFiles, expireFiles, mergeBucketPolicy } from './bucket-steps.ts';
import { createFlowLog, deleteFlowLog, waitForFirstFile } from './flow-log-steps.ts';
import { addPartitions, createDatabase, createTable, createWorkgroup, dropTable } from './table-steps.ts';

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
