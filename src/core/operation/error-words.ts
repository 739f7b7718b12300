import { type EngineErrorCode, StoreError, UserError } from '../errors.ts';
import { CloudError, type CloudErrorCode } from '../lake/cloud.ts';

/** What to do about a fault of an engine or of the cloud: the one place that decides it. */
export const ADVICE: Readonly<Record<EngineErrorCode | CloudErrorCode, string>> = {
  rejected: 'This is a fault of flowlog: please report it with the SQL.',
  cancelled: 'Ask again when you need it.',
  'timed-out': 'Ask for a shorter window or one address, or raise `FLOWLOG_TIMEOUT_SECONDS`.',
  'over-limit': 'Ask for a shorter window, or have the limit of the workgroup raised.',
  throttled: 'Others are asking too, or AWS asks for a pause: try again in a minute.',
  denied: 'Give the role of flowlog that permission: the policies are in deploy/iam.',
  expired:
    'Refresh the credentials, for example with `aws sso login`, or give flowlog a role, whose credentials renew themselves.',
  'not-set-up':
    'Run `table`, which creates the workgroup and a place for its results, or configure a workgroup that has one.',
  'missing-table': 'That costs nothing; then ask again.',
  'wrong-region': 'Set `FLOWLOG_AWS_REGION` to the region of the workgroup and of the place for its results.',
  exhausted: 'Ask for a shorter window or one address; for DuckDB you can also raise `FLOWLOG_MEMORY_MB`.',
  unreadable:
    'Move files that are not flow logs, or are in another format than the table, out of the prefix: `files` shows them. A file that was deleted meanwhile does not matter when you ask again.',
  'lost-result':
    'Ask again. If it stays, have the files of the workgroup’s results kept for at least a day: a rule of that bucket deletes them.',
  broken: 'Try again: what was done stays done. Report it if it stays.',
  'not-found': 'Check the id, the account and the region.',
  'already-exists': 'Look at what is there with `status`.',
  taken: 'Choose another name with `bucket=`.',
  limit: 'Delete what is not needed, or ask AWS for a higher quota.',
  refused: 'The request was not acceptable; its words say why.',
};

/** What was wrong and what to do next, in words for people; undefined for an unexpected error. */
export function errorWords(error: unknown): string | undefined {
  if (error instanceof UserError) return [error.message, error.hint ?? ''].join(' ').trim();
  if (error instanceof StoreError) return `${error.message} ${error.hint}`;
  if (!(error instanceof CloudError)) return undefined;
  const { call, fault, message, code } = error;
  return `\`${call}\` failed with ${fault}: ${message.replace(/[.\s]+$/, '')}. ${ADVICE[code]}`;
}
