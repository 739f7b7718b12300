import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** A call of the SDK as it came over the wire, with what its signature shows. */
export interface AwsRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Whose credentials signed it: in a walk the access key is the number of the account. */
  readonly account: string;
  readonly region: string;
  /** `ec2`, `s3`, `athena`, as in the scope of the signature. */
  readonly service: string;
  /** What follows the dot in `X-Amz-Target`, or EC2's and STS's `Action`; empty for S3. */
  readonly action: string;
}

/** What goes back. */
export interface AwsReply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | string;
}

const SCOPE = /Credential=(?<account>[^/]+)\/\d{8}\/(?<region>[^/]+)\/(?<service>[^/]+)\//;

/** Reads who calls what from the headers. @throws RangeError for a call that is not signed. */
export function awsRequest(
  request: Pick<AwsRequest, 'method' | 'path' | 'headers'>,
  body: Buffer,
): AwsRequest {
  const scope = SCOPE.exec(request.headers.authorization ?? '')?.groups;
  if (scope === undefined) throw new RangeError(`${request.method} ${request.path} is not signed`);
  const { account = '', region = '', service = '' } = scope;
  const [, target] = String(request.headers['x-amz-target'] ?? '').split('.');
  const action = target ?? (service === 's3' ? '' : (new URLSearchParams(String(body)).get('Action') ?? ''));
  return { ...request, body, account, region, service, action };
}

/** An answer of Athena. */
export function json(body: object, status = 200): AwsReply {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}
