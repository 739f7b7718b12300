import type { IncomingMessage } from 'node:http';
import type { AwsCall } from './fake-aws.ts';

/** Reads what is called from a request and its body. */
export function readCall({ method = '', url = '', headers }: IncomingMessage, body: string): AwsCall {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  const params = isForm ? Object.fromEntries(new URLSearchParams(body)) : {};
  const target = String(headers['x-amz-target'] ?? '');
  const action = params.Action ?? target.slice(target.indexOf('.') + 1);
  return { action, method, path: url, params, headers, body };
}
