import type { AwsReply, AwsRequest } from './aws-request.ts';

const WORDS = 'The security token included in the request is expired';

/** What each service answers to credentials that have expired: with one meaning, and three ways of writing it. */
export function expiredReply({ service, method }: AwsRequest): AwsReply {
  if (service === 'athena' || service === 'glue')
    return {
      status: 400,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ __type: 'ExpiredTokenException', message: WORDS }),
    };
  const error = `<Code>${service === 'ec2' ? 'RequestExpired' : 'ExpiredToken'}</Code><Message>${WORDS}</Message>`;
  const body = {
    ec2: `<Response><Errors><Error>${error}</Error></Errors><RequestID>1</RequestID></Response>`,
    s3: `<Error>${error}</Error>`,
    sts: `<ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>`,
  }[service];
  return {
    status: 400,
    headers: { 'content-type': 'text/xml' },
    body: method === 'HEAD' ? '' : (body ?? ''),
  };
}
