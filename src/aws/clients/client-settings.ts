import type { fromTemporaryCredentials } from '@aws-sdk/credential-providers';

/** Gives the credentials of a role, new ones before the old expire. */
export type RoleCredentials = ReturnType<typeof fromTemporaryCredentials>;

/** Where clients call and as whom. */
export interface ClientPlace {
  readonly region: string;
  /** Undefined for the default chain: environment, profile, container, instance. */
  readonly credentials: RoleCredentials | undefined;
  /** Where tests let AWS be; undefined for AWS itself. */
  readonly endpoint: string | undefined;
}

/**
 * The SDK's own three attempts give a burst of failures up after 83 ms; eight double their jittered pauses to more
 * than three seconds on average, and throttled calls start at one second.
 */
const ATTEMPTS = 8;

/**
 * How every client calls: the SDK has no time limit of its own, and without `throwOnRequestTimeout` it would only
 * warn. An answer that streams counts until its headers.
 */
export function clientSettings({ region, credentials, endpoint }: ClientPlace) {
  return {
    region,
    maxAttempts: ATTEMPTS,
    retryMode: 'adaptive',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...(credentials && { credentials }),
    ...(endpoint !== undefined && { endpoint }),
  };
}
