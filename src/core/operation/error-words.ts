import { UserError } from '../errors.ts';
import { CloudError, type CloudErrorCode } from '../lake/cloud.ts';

const NEXT: Readonly<Record<CloudErrorCode, string>> = {
  'not-found': 'Check the id, the account and the region.',
  'already-exists': 'Look at what is there with `status`.',
  taken: 'Choose another name with `bucket=`.',
  denied: 'Give the role of flowlog that permission: the policies are in deploy/iam.',
  limit: 'Delete what is not needed, or ask AWS for a higher quota.',
  throttled: 'AWS asks for a pause: try again in a minute.',
  expired:
    'Refresh the credentials, for example with `aws sso login`, or give flowlog a role, whose credentials renew themselves.',
  refused: 'The request was not acceptable; its words say why.',
  broken: 'Try again; what was done stays done.',
};

/** What was wrong and what to do next, in words for people; undefined for an unexpected error. */
export function errorWords(error: unknown): string | undefined {
  if (error instanceof UserError) return [error.message, error.hint ?? ''].join(' ').trim();
  if (!(error instanceof CloudError)) return undefined;
  const { call, fault, message, code } = error;
  return `\`${call}\` failed with ${fault}: ${message.replace(/[.\s]+$/, '')}. ${NEXT[code]}`;
}
