import { UserError } from '../../../core/errors.ts';
import type { Cloud } from '../../../core/lake/cloud.ts';
import type { SourceBook } from '../../../core/lake/source-book.ts';

/** A folder has no flow logs to look after. @throws UserError from everything that is asked of it. */
export function refuseOperations(): never {
  throw new UserError('Flow logs are asked from a folder here, so there are none to look after.', {
    hint: 'Start without `FLOWLOG_LAKE` to try it on the sample network, or set `FLOWLOG_AWS_REGION` for AWS.',
  });
}

/** The cloud of a folder: there is none. */
export const NO_CLOUD: Cloud & SourceBook = {
  name: 'sample',
  sites: async () => refuseOperations(),
  found: async () => refuseOperations(),
  tables: {
    home: async () => refuseOperations(),
    workgroup: async () => refuseOperations(),
    createWorkgroup: async () => refuseOperations(),
    hasDatabase: async () => refuseOperations(),
    createDatabase: async () => refuseOperations(),
    table: async () => refuseOperations(),
    schema: async () => refuseOperations(),
    createTable: async () => refuseOperations(),
    dropTable: async () => refuseOperations(),
    partitions: async () => refuseOperations(),
    addPartitions: async () => refuseOperations(),
  },
};
