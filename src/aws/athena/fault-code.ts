import type { EngineErrorCode } from '../../core/errors.ts';

/** What AWS says, most telling first: a missing column is told "or requester is not authorized", a missing table too. */
const BY_WORDS: readonly (readonly [RegExp, EngineErrorCode])[] = [
  [/bytes scanned limit/i, 'over-limit'],
  [
    /TABLE_NOT_FOUND|SCHEMA_?NOT_?FOUND|(Table|Schema|Database) \S+ (does not exist|not found)/i,
    'missing-table',
  ],
  [
    /[A-Z]_NOT_FOUND: line|SYNTAX_ERROR|TYPE_MISMATCH|AMBIGUOUS_NAME|MALFORMED_QUERY|NOT_SUPPORTED/,
    'rejected',
  ],
  [/INVALID_(TABLE|COLUMN)_PROPERTY/, 'rejected'],
  [/INVALID_(FUNCTION|CAST)_ARGUMENT|mismatched input|extraneous input|no viable alternative/, 'rejected'],
  [/Only one sql statement|Queries of this type are not supported/i, 'rejected'],
  [
    /Expired ?Token|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|InvalidSignature|CredentialsProvider/i,
    'expired',
  ],
  [
    /security token included in the request is|Could not load credentials|(SSO|session|token).* expired/i,
    'expired',
  ],
  [/WorkGroup (\S+ )?is (not found|disabled)|No output location|query results is invalid/i, 'not-set-up'],
  [/verify\/create output bucket/i, 'not-set-up'],
  [/PermanentRedirect|AuthorizationHeaderMalformed|addressed using the specified endpoint/i, 'wrong-region'],
  [/ENOTFOUND athena\.|Region is missing/i, 'wrong-region'],
  [/Access ?Denied|not authorized|Insufficient (Lake Formation )?permission|PERMISSION_DENIED/i, 'denied'],
  [/Forbidden|do not seem to have access/i, 'denied'],
  [/Throttl|TooManyRequests|Rate exceeded|Slow ?Down|request rate|QUERY_LIMIT_EXCEEDED/i, 'throttled'],
  [/EXHAUSTED|exhausted resources|EXCEEDED_(LOCAL_|GLOBAL_)?MEMORY_LIMIT/i, 'exhausted'],
  [/^Query timeout|EXCEEDED_TIME_LIMIT/i, 'timed-out'],
];

/** AWS, "Athena error catalog": the types of errors, as ranges. */
const BY_TYPE: readonly (readonly [number, number, EngineErrorCode])[] = [
  [0, 8, 'exhausted'],
  [1006, 1006, 'rejected'],
  [1011, 1011, 'cancelled'],
  [1014, 1014, 'cancelled'],
  [1100, 1106, 'rejected'],
  [1110, 1110, 'missing-table'],
  [1306, 1306, 'not-set-up'],
  [1400, 1406, 'throttled'],
  [1500, 1501, 'denied'],
  [1602, 1602, 'throttled'],
];

/** What Trino says of a file; it says so of many other faults too, which are told before. */
const OF_A_FILE =
  /HIVE_(BAD_DATA|CANNOT_OPEN_SPLIT|CURSOR_ERROR|PARTITION_SCHEMA_MISMATCH)|Not valid Parquet/i;

/** The code of a fault by what AWS says of it and by the type that it gave the fault; `broken` when neither tells. */
export function faultCode(text: string, type?: number): EngineErrorCode {
  const byWords = BY_WORDS.find(([pattern]) => pattern.test(text))?.[1];
  if (byWords !== undefined) return byWords;
  const byType = BY_TYPE.find(([from, to]) => type !== undefined && type >= from && type <= to)?.[2];
  return byType ?? (OF_A_FILE.test(text) ? 'unreadable' : 'broken');
}
