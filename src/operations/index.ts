import type { Operation } from '../core/operation/operation.ts';
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
