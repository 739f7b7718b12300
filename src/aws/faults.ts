import type { EngineErrorCode } from '../core/errors.ts';
import type { CloudErrorCode } from '../core/lake/cloud.ts';

/**
 * One thing that may be wrong, by everything that AWS gives away of it: the name of the fault, what its message says,
 * Athena's type of error, or the HTTP status alone. A question gets the engine's code for it, any other call the
 * cloud's; a code is left out where such a fault never comes.
 */
interface KnownFault {
  readonly engine?: EngineErrorCode;
  readonly cloud?: CloudErrorCode;
  readonly names?: readonly string[];
  /** Names that begin or end alike: `InvalidVpcID.NotFound`, `ExpiredTokenException`, `ThrottlingException`. */
  readonly family?: RegExp;
  readonly message?: RegExp;
  /** Ranges of Athena's error catalog, both ends included. */
  readonly types?: readonly (readonly [from: number, to: number])[];
  readonly statuses?: readonly number[];
}

/**
 * The first that fits counts, so the order matters: of a missing column and of a missing table Athena also says "or
 * requester is not authorized".
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-error-codes.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/athena/latest/ug/error-reference.html
 */
const KNOWN_FAULTS: readonly KnownFault[] = [
  { engine: 'over-limit', message: /bytes scanned limit/i },
  // Of the result of an execution that succeeded; a file of the source that is gone is named with Hive's own code.
  { engine: 'lost-result', message: /Could not find results|^NoSuchKey\b/i },
  {
    engine: 'missing-table',
    cloud: 'not-found',
    names: [
      'EntityNotFoundException',
      'LogDestinationNotFoundException',
      'NoSuchBucket',
      'NoSuchKey',
      'NotFound',
      'ResourceNotFoundException',
    ],
    family: /\.NotFound$/,
    message: /TABLE_NOT_FOUND|SCHEMA_?NOT_?FOUND|(Table|Schema|Database) \S+ (does not exist|not found)/i,
    types: [[1110, 1110]],
    statuses: [404],
  },
  {
    cloud: 'already-exists',
    names: ['AlreadyExistsException', 'BucketAlreadyOwnedByYou', 'FlowLogAlreadyExists'],
  },
  { cloud: 'taken', names: ['BucketAlreadyExists'] },
  {
    engine: 'rejected',
    message: /[A-Z]_NOT_FOUND: line|SYNTAX_ERROR|TYPE_MISMATCH|AMBIGUOUS_NAME|MALFORMED_QUERY|NOT_SUPPORTED/,
    types: [
      [1006, 1006],
      [1100, 1106],
    ],
  },
  {
    engine: 'rejected',
    message:
      /INVALID_(TABLE|COLUMN)_PROPERTY|INVALID_(FUNCTION|CAST)_ARGUMENT|mismatched input|extraneous input|no viable alternative/,
  },
  { engine: 'rejected', message: /Only one sql statement|Queries of this type are not supported/i },
  // No credentials at all are remedied as expired ones are: by new ones.
  {
    engine: 'expired',
    cloud: 'expired',
    names: ['CredentialsProviderError', 'ExpiredToken', 'RequestExpired', 'TokenRefreshRequired'],
    family: /^ExpiredToken/,
    message: /Expired ?Token|CredentialsProvider|Could not load credentials|(SSO|session|token).* expired/i,
  },
  // Credentials that AWS does not know.
  {
    engine: 'expired',
    cloud: 'denied',
    names: [
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'SignatureDoesNotMatch',
      'UnrecognizedClientException',
    ],
    message:
      /UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|InvalidSignature|security token included in the request is/i,
  },
  {
    engine: 'not-set-up',
    message:
      /WorkGroup (\S+ )?is (not found|disabled)|No output location|query results is invalid|verify\/create output bucket/i,
    types: [[1306, 1306]],
  },
  {
    engine: 'wrong-region',
    message:
      /PermanentRedirect|AuthorizationHeaderMalformed|addressed using the specified endpoint|ENOTFOUND athena\.|Region is missing/i,
  },
  {
    engine: 'denied',
    cloud: 'denied',
    names: [
      'AuthFailure',
      'LogDestinationPermissionIssueException',
      'OptInRequired',
      'UnauthorizedOperation',
    ],
    family: /^AccessDenied/,
    message:
      /Access ?Denied|not authorized|Insufficient (Lake Formation )?permission|PERMISSION_DENIED|Forbidden|do not seem to have access/i,
    types: [[1500, 1501]],
    statuses: [403],
  },
  {
    engine: 'throttled',
    cloud: 'throttled',
    names: [
      'BandwidthLimitExceeded',
      'EC2ThrottledException',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
      'TooManyRequestsException',
    ],
    family: /^Throttl/,
    message: /Throttl|TooManyRequests|Rate exceeded|Slow ?Down|request rate|QUERY_LIMIT_EXCEEDED/i,
    types: [
      [1400, 1406],
      [1602, 1602],
    ],
    statuses: [429],
  },
  // Quotas of things; those of calls are throttling.
  {
    cloud: 'limit',
    names: [
      'FlowLogsLimitExceeded',
      'PolicyTooLarge',
      'ResourceNumberLimitExceededException',
      'TooManyBuckets',
    ],
    family: /LimitExceeded/,
  },
  {
    engine: 'exhausted',
    message: /EXHAUSTED|exhausted resources|EXCEEDED_(LOCAL_|GLOBAL_)?MEMORY_LIMIT/i,
    types: [[0, 8]],
  },
  { engine: 'timed-out', message: /^Query timeout|EXCEEDED_TIME_LIMIT/i },
  {
    engine: 'cancelled',
    types: [
      [1011, 1011],
      [1014, 1014],
    ],
  },
  // The last of the families: it fits names of which more is known.
  {
    cloud: 'refused',
    names: ['IdempotentParameterMismatch', 'MalformedPolicy', 'ValidationException'],
    family: /^(Invalid|Missing|Malformed)/,
    statuses: [400, 409],
  },
];

/** What Trino says of a file; it says so of many other faults too, so everything else is looked for before. */
const FILE_MESSAGE =
  /HIVE_(BAD_DATA|CANNOT_OPEN_SPLIT|CURSOR_ERROR|PARTITION_SCHEMA_MISMATCH)|Not valid Parquet/i;

/** The code of a failed question by what AWS says, then by Athena's type of error; `broken` for what is not known. */
export function engineCodeOf(message: string, type?: number): EngineErrorCode {
  const engineFaults = KNOWN_FAULTS.filter(({ engine }) => engine !== undefined);
  const byMessage = engineFaults.find((known) => known.message?.test(message));
  const byType = engineFaults.find(({ types = [] }) =>
    types.some(([from, to]) => type !== undefined && type >= from && type <= to),
  );
  return (byMessage ?? byType)?.engine ?? (FILE_MESSAGE.test(message) ? 'unreadable' : 'broken');
}

/** The code of any other call that failed, by the name of the fault, then by the HTTP status; `broken` for neither. */
export function cloudCodeOf(name: string, status?: number): CloudErrorCode {
  const cloudFaults = KNOWN_FAULTS.filter(({ cloud }) => cloud !== undefined);
  const found =
    cloudFaults.find(({ names = [] }) => names.includes(name)) ??
    cloudFaults.find(({ family }) => family?.test(name)) ??
    cloudFaults.find(({ statuses = [] }) => status !== undefined && statuses.includes(status));
  return found?.cloud ?? 'broken';
}

/** DDL fails with a sentence that carries Glue's, S3's or Hive's own fault. */
const DDL_MESSAGES: readonly (readonly [RegExp, CloudErrorCode])[] = [
  [/AccessDenied|access denied|insufficient permissions|not authorized/i, 'denied'],
  [/AlreadyExists|already exists/i, 'already-exists'],
  [/EntityNotFound|NoSuchBucket|not found|does not exist/i, 'not-found'],
  [/LimitExceeded/i, 'limit'],
  [/throttl|rate exceeded|SlowDown/i, 'throttled'],
  [/ExpiredToken/i, 'expired'],
];

/** The code of DDL that failed, by Athena's reason; undefined for a reason that is not known. */
export function ddlCodeOf(message: string): CloudErrorCode | undefined {
  return DDL_MESSAGES.find(([pattern]) => pattern.test(message))?.[1];
}

/** What an error of the SDK says of itself. */
export interface SdkFault {
  readonly name: string;
  readonly message: string;
  /** The code of a broken connection: `ECONNRESET`. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly AthenaErrorCode?: string;
}

/** Reads an error of the SDK; of anything else that was thrown only its text. */
export function sdkFault(error: unknown): SdkFault {
  return error instanceof Error ? error : { name: '', message: String(error) };
}

const LOST_CONNECTION =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)$/;

/** AWS was called more often than it allows. */
export function isThrottled(error: unknown): boolean {
  return cloudCodeOf(sdkFault(error).name) === 'throttled';
}

/** The credentials of the call are over: those that the SDK has may not be the newest. */
export function isExpired(error: unknown): boolean {
  return /^(ExpiredToken|RequestExpired|TokenRefreshRequired)/.test(sdkFault(error).name);
}

/** The same call may succeed in a moment: AWS throttles, has a fault of its own, or the connection broke. */
export function isTransient(error: unknown): boolean {
  const { name, code = '', $metadata } = sdkFault(error);
  const serverFault = ($metadata?.httpStatusCode ?? 0) >= 500;
  return isThrottled(error) || serverFault || LOST_CONNECTION.test(code) || name === 'TimeoutError';
}
