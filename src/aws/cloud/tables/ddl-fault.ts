import type { QueryExecutionStatus } from '@aws-sdk/client-athena';
import { CloudError, type CloudErrorCode } from '../../../core/lake/cloud.ts';

/**
 * What Athena's reasons mean. DDL fails with a sentence that carries Glue's, S3's or Hive's own fault.
 * @see https://docs.aws.amazon.com/athena/latest/ug/error-reference.html
 */
const REASONS: readonly (readonly [RegExp, CloudErrorCode])[] = [
  [/AccessDenied|access denied|insufficient permissions|not authorized/i, 'denied'],
  [/AlreadyExists|already exists/i, 'already-exists'],
  [/EntityNotFound|NoSuchBucket|not found|does not exist/i, 'not-found'],
  [/LimitExceeded/i, 'limit'],
  [/throttl|rate exceeded|SlowDown/i, 'throttled'],
  [/ExpiredToken/i, 'expired'],
];

/** Who is to blame, as Athena counts: 1 is Athena itself, 2 is whoever wrote the statement. */
const OURS = 2;

/** Why a statement did not succeed. */
export function ddlFault({ State, StateChangeReason, AthenaError }: QueryExecutionStatus): CloudError {
  const message = AthenaError?.ErrorMessage ?? StateChangeReason ?? '';
  const found = REASONS.find(([pattern]) => pattern.test(message))?.[1];
  const code = found ?? (AthenaError?.ErrorCategory === OURS ? 'refused' : 'broken');
  const fault = AthenaError?.ErrorType === undefined ? `${State}` : `${State} ${AthenaError.ErrorType}`;
  return new CloudError(code, { call: 'athena:StartQueryExecution', fault, message });
}
