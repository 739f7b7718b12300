import type { EngineErrorCode } from '../../core/errors.ts';
import { redact } from '../../core/redact.ts';

/** What the SDK of another service appends: "(Service: Amazon S3; Status Code: 403; … Proxy: null)". */
const SERVICE_TAIL = / \(Service: [^)]*\)?.*$/;
const NO_RESULTS = /output location|query results|output bucket/i;

/** What exactly is wrong, in one line: what AWS says, or the part of it that counts. */
export function faultMessage(code: EngineErrorCode, text: string, workgroup: string): string {
  if (code === 'denied') return missingPermission(text) ?? plain(text);
  if (code === 'not-set-up')
    return NO_RESULTS.test(text)
      ? `the workgroup ${workgroup} has no place for its results: ${plain(text)}`
      : `the workgroup ${workgroup}: ${plain(text)}`;
  return plain(text);
}

function plain(text: string): string {
  const [firstLine = ''] = text.trim().split('\n');
  return redact(firstLine.replace(SERVICE_TAIL, '')) || 'Athena gave no reason';
}

/** "User: arn:… is not authorized to perform: glue:GetTable on resource: arn:… because …" */
const IAM =
  /not authorized to perform: (\S+?:\w+)(?: on (?:the )?resource:? ?"?(arn:[^\s"]+?)"?(?=[\s,;)]|\.?$))?/i;
const LAKE_FORMATION = /Insufficient Lake Formation permission\(s\):? (?:Required )?(.+?)(?: \(Service|$)/i;
const WRITING = /Access denied when writing output to url: (s3:\/\/[^\s,;)]+)/i;
const RESULTS = /do not seem to have access to the S3 location of your query results/i;
const S3_REFUSAL = /Access ?Denied|Forbidden|Status Code: 403/i;
const S3_PATH = /(s3:\/\/[^\s,;()]+)/i;

/** The permission that is missing, and on what: `glue:GetTable` on `arn:…`; undefined where AWS does not name it. */
function missingPermission(text: string): string | undefined {
  const [, action, resource] = IAM.exec(text) ?? [];
  if (action !== undefined) return lacking(action, resource);
  const [, lakeFormation] = LAKE_FORMATION.exec(text) ?? [];
  if (lakeFormation !== undefined) return `the role lacks a grant of Lake Formation: ${lakeFormation}`;
  const [, output] = WRITING.exec(text) ?? [];
  if (output !== undefined) return lacking('s3:PutObject', output);
  if (RESULTS.test(text)) return lacking('s3:GetObject', 'the results of the workgroup');
  const [, path] = S3_PATH.exec(text) ?? [];
  if (S3_REFUSAL.test(text) && path !== undefined) return lacking('s3:GetObject', path);
  return undefined;
}

function lacking(action: string, resource: string | undefined): string {
  return `the role lacks ${action}${resource === undefined ? '' : ` on ${resource}`}`;
}
