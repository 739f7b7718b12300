import { s3Fault, script, xml } from '../../../fakes/aws/answers.ts';
import type { AwsAnswer, AwsCall } from '../../../fakes/aws/fake-aws.ts';
import { REGION } from '../../given-aws.ts';

/** An answer without words. */
export const EMPTY: AwsAnswer = {};

/** What S3 answers for a bucket without settings. */
const UNSET: Readonly<Record<string, AwsAnswer>> = {
  encryption: s3Fault(404, 'ServerSideEncryptionConfigurationNotFoundError'),
  lifecycle: s3Fault(404, 'NoSuchLifecycleConfiguration'),
  'object-lock': s3Fault(404, 'ObjectLockConfigurationNotFoundError'),
  policy: s3Fault(404, 'NoSuchBucketPolicy'),
  publicAccessBlock: s3Fault(404, 'NoSuchPublicAccessBlockConfiguration'),
  versioning: xml('<VersioningConfiguration/>'),
};

/** The account that owns the bucket, and that the tests are. */
const OWNER = '111111111111';

/**
 * Answers calls for the bucket `logs` by what they ask for: `HEAD`, `GET encryption`, `PUT`. Like S3 it refuses those that
 * expect another owner.
 */
export function bucket(
  answers: Readonly<Record<string, AwsAnswer | ((call: AwsCall) => AwsAnswer)>>,
): (call: AwsCall) => AwsAnswer {
  const others = script({});
  return (call) => {
    if (call.action !== '') return others(call);
    const owner = call.headers['x-amz-expected-bucket-owner'];
    if (owner !== undefined && owner !== OWNER) return s3Fault(403, 'AccessDenied');
    const [asked = ''] = new URL(call.path, 'http://s3').searchParams.keys();
    const name = `${call.method} ${asked === 'x-id' ? '' : asked}`.trim();
    const answer = answers[name] ?? (call.method === 'GET' ? UNSET[asked] : undefined);
    if (answer === undefined) return s3Fault(501, `NotScripted ${name}`);
    return typeof answer === 'function' ? answer(call) : answer;
  };
}

/** What HEAD says of a bucket in the region of the tests. */
export const HERE: AwsAnswer = { headers: { 'x-amz-bucket-region': REGION } };
