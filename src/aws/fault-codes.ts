import type { CloudErrorCode } from '../core/ports/cloud/cloud-error.ts';

/**
 * What AWS's faults mean, by their names; EC2, S3, Glue, Athena and STS each have their own for the same.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-error-codes.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const NAMES: Readonly<Partial<Record<CloudErrorCode, readonly string[]>>> = {
  'not-found': [
    'EntityNotFoundException',
    'LogDestinationNotFoundException',
    'NoSuchBucket',
    'NoSuchKey',
    'NotFound',
    'ResourceNotFoundException',
  ],
  'already-exists': ['AlreadyExistsException', 'BucketAlreadyOwnedByYou', 'FlowLogAlreadyExists'],
  taken: ['BucketAlreadyExists'],
  denied: [
    'AuthFailure',
    'InvalidAccessKeyId',
    'InvalidClientTokenId',
    'LogDestinationPermissionIssueException',
    'OptInRequired',
    'SignatureDoesNotMatch',
    'UnauthorizedOperation',
    'UnrecognizedClientException',
  ],
  // Quotas of things; those of calls are throttling.
  limit: [
    'FlowLogsLimitExceeded',
    'PolicyTooLarge',
    'ResourceNumberLimitExceededException',
    'TooManyBuckets',
  ],
  throttled: [
    'BandwidthLimitExceeded',
    'EC2ThrottledException',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'SlowDown',
    'TooManyRequestsException',
  ],
  // No credentials at all are remedied as expired ones are: by new ones.
  expired: ['CredentialsProviderError', 'ExpiredToken', 'RequestExpired', 'TokenRefreshRequired'],
  refused: ['IdempotentParameterMismatch', 'MalformedPolicy', 'ValidationException'],
};

const BY_NAME: ReadonlyMap<string, CloudErrorCode> = new Map(
  Object.entries(NAMES).flatMap(([code, names]) => names.map((name) => [name, code as CloudErrorCode])),
);

/** Families of names: `InvalidVpcID.NotFound`, `ExpiredTokenException`, `ThrottlingException`. */
const FAMILIES: readonly (readonly [RegExp, CloudErrorCode])[] = [
  [/\.NotFound$/, 'not-found'],
  [/^AccessDenied/, 'denied'],
  [/^Throttl/, 'throttled'],
  [/^ExpiredToken/, 'expired'],
  [/LimitExceeded/, 'limit'],
  [/^(Invalid|Missing|Malformed)/, 'refused'],
];

/** What HTTP says, for answers that have no body to name the fault, as those to HEAD. */
const STATUSES: ReadonlyMap<number, CloudErrorCode> = new Map([
  [400, 'refused'],
  [403, 'denied'],
  [404, 'not-found'],
  [409, 'refused'],
  [429, 'throttled'],
]);

/** What a fault means: by its name, and where we do not know it by the HTTP status. */
export function faultCode(fault: string, status: number | undefined): CloudErrorCode {
  const family = FAMILIES.find(([pattern]) => pattern.test(fault))?.[1];
  return BY_NAME.get(fault) ?? family ?? STATUSES.get(status ?? 0) ?? 'broken';
}
