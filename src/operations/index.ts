import type { Operation } from '../core/operation/operation.ts';
import type { Facts, StepKind } from '../core/operation/plan.ts';
import type { NextLine } from '../core/operation/report.ts';
import { cancel } from './cancel.ts';
import { confirm } from './confirm.ts';
import { costs } from './costs.ts';
import { files } from './files.ts';
import { integration } from './integration.ts';
import { partitions } from './partitions.ts';
import { replace } from './replace.ts';
import { setup } from './setup.ts';
import { sources } from './sources.ts';
import { status } from './status.ts';
import { createBucket, deleteFiles, expireFiles, mergeBucketPolicy } from './steps/bucket-steps.ts';
import { createFlowLog, deleteFlowLog, waitForFirstFile } from './steps/flow-log-steps.ts';
import {
  addPartitions,
  createDatabase,
  createTable,
  createWorkgroup,
  dropTable,
} from './steps/table-steps.ts';
import { table } from './table.ts';
import { teardown } from './teardown.ts';

/** Every operation, in the order in which help lists them. */
export const operations: readonly Operation[] = [
  setup,
  status,
  files,
  table,
  partitions,
  replace,
  teardown,
  integration,
  sources,
  costs,
  confirm,
  cancel,
];

const OF_FLOW_LOG = /^fl_[0-9a-f]+$/;

/** What comes after an operation, from what its steps found out. */
export function nextAfter({ flowLogId, logGroup, table }: Facts): readonly NextLine[] {
  if (flowLogId !== undefined && logGroup !== undefined)
    return [
      { label: 'Status', line: `status ${flowLogId}`, press: 'ask', style: 'primary' },
      { label: 'Ask it', line: `rejected in=${flowLogId} last 1h`, press: 'ask' },
    ];
  if (flowLogId !== undefined)
    return [
      { label: 'Make its table', line: `table ${flowLogId}`, press: 'ask', style: 'primary' },
      { label: 'Status', line: `status ${flowLogId}`, press: 'ask' },
      { label: 'Its files', line: `files ${flowLogId} last 1h`, press: 'ask' },
    ];
  if (table === undefined) return [];
  // The name of a table gives the name of its flow log only where that is an id.
  const where = OF_FLOW_LOG.test(table) ? ` in=${table.replace('_', '-')}` : '';
  return [{ label: 'Ask it', line: `top-talkers${where} last 1h`, press: 'ask', style: 'primary' }];
}

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
