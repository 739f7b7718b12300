import { CloudError } from '../../core/lake/cloud.ts';
import { faultCode } from './fault-codes.ts';

/** What the SDK threw, in our words. Its errors carry the fault's name as theirs, and how the call went beside it. */
export function cloudErrorOf(call: string, error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  if (!(error instanceof Error)) {
    return new CloudError('broken', { call, fault: 'Unknown', message: String(error) });
  }
  const fault = error.name === 'Error' && 'code' in error ? String(error.code) : error.name;
  const status = statusOf(error);
  const message = error.message || `AWS answered with HTTP status ${status ?? 'unknown'}`;
  return new CloudError(faultCode(fault, status), { call, fault, message }, { cause: error });
}

function statusOf(error: object): number | undefined {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
