import type { EngineErrorCode } from '../../../core/errors.ts';
import { missingPermission } from './missing-permission.ts';
import { withoutKeys } from './without-keys.ts';

/** What the SDK of another service appends: "(Service: Amazon S3; Status Code: 403; … Proxy: null)". */
const SERVICE_TAIL = / \(Service: [^)]*\)?.*$/;
const NO_RESULTS = /output location|query results|output bucket/i;

/** What exactly is wrong, in one line: what AWS says, or less when we know better what of it counts. */
export function faultWords(code: EngineErrorCode, text: string, workgroup: string): string {
  if (code === 'denied') return missingPermission(text) ?? plain(text);
  if (code === 'not-set-up')
    return NO_RESULTS.test(text)
      ? `the workgroup ${workgroup} has no place for its results: ${plain(text)}`
      : `the workgroup ${workgroup}: ${plain(text)}`;
  return plain(text);
}

function plain(text: string): string {
  const [firstLine = ''] = text.trim().split('\n');
  return withoutKeys(firstLine.replace(SERVICE_TAIL, '')) || 'Athena gave no reason';
}
