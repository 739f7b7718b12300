import type { Athena } from '@aws-sdk/client-athena';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { Glue } from '@aws-sdk/client-glue';
import type { S3 } from '@aws-sdk/client-s3';
import type { STS } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { AWS_LIMITS } from '../core/flow-log/aws-limits.ts';
import type { AwsClock } from './aws-clock.ts';
import { cloudErrorOf } from './call.ts';
import { prepareClient } from './prepare-client.ts';
import { withPublishedCalls } from './published-calls.ts';

/** Gives the credentials of a role, new ones before the old expire. */
type RoleCredentials = ReturnType<typeof fromTemporaryCredentials>;

/** Where clients call, and with which credentials. */
export interface ClientOptions {
  readonly region: string;
  /** Undefined for the default chain: environment, profile, container, instance. */
  readonly credentials: RoleCredentials | undefined;
  /** The address of a stand-in for AWS in tests; undefined for AWS itself. */
  readonly endpoint: string | undefined;
  /** Takes the time of AWS's answers. */
  readonly clock?: AwsClock | undefined;
}

/** The services of one region, called as one account; each is loaded when it is first asked for. */
export interface AwsClients {
  athena(): Promise<Athena>;
  ec2(): Promise<EC2>;
  glue(): Promise<Glue>;
  logs(): Promise<CloudWatchLogs>;
  /** Makes each call once: for one that must not be made again before it is known whether it was done. */
  logsOnce(): Promise<CloudWatchLogs>;
  s3(): Promise<S3>;
  sts(): Promise<STS>;
}

/** Loading EC2's client alone takes 200 ms and 70 MB, which a start that only answers questions can do without. */
export function createAwsClients(options: ClientOptions): AwsClients {
  const { clock } = options;
  const settings = clientSettings(options);
  const prepared = <C extends Parameters<typeof prepareClient>[0]>(client: C): C =>
    prepareClient(withPublishedCalls(client), clock);
  return {
    athena: lazily(async () => prepared(new (await import('@aws-sdk/client-athena')).Athena(settings))),
    ec2: lazily(async () => prepared(new (await import('@aws-sdk/client-ec2')).EC2(settings))),
    glue: lazily(async () => prepared(new (await import('@aws-sdk/client-glue')).Glue(settings))),
    logs: lazily(async () => {
      const { CloudWatchLogs } = await import('@aws-sdk/client-cloudwatch-logs');
      return prepared(new CloudWatchLogs(settings));
    }),
    logsOnce: lazily(async () => {
      const { CloudWatchLogs } = await import('@aws-sdk/client-cloudwatch-logs');
      return prepared(new CloudWatchLogs({ ...settings, maxAttempts: 1 }));
    }),
    s3: lazily(async () => {
      const { S3 } = await import('@aws-sdk/client-s3');
      // Buckets of other regions are found by the redirect; a stand-in has no host name for each bucket.
      const style = { followRegionRedirects: true, forcePathStyle: options.endpoint !== undefined };
      return prepared(new S3({ ...settings, ...style }));
    }),
    sts: lazily(async () => prepared(new (await import('@aws-sdk/client-sts')).STS(settings))),
  };
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
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
function clientSettings({ region, credentials, endpoint }: ClientOptions) {
  return {
    region,
    maxAttempts: ATTEMPTS,
    retryMode: 'adaptive',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...(credentials !== undefined && { credentials }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

/** A role of another account that flowlog assumes. */
export interface Role {
  readonly arn: string;
  /** What the role's trust asks for, so that no third party can have flowlog act with it. */
  readonly externalId?: string;
}

/** The session in which a role is assumed, as CloudTrail shows it, and where. */
export interface RoleSession {
  readonly sessionName: string;
  readonly region: string;
  readonly endpoint: string | undefined;
}

/** AWS takes no other characters. */
const NOT_IN_A_SESSION_NAME = /[^\w+=,.@-]/g;

/**
 * Credentials of a role, renewed before they expire; undefined for none, which leaves the default chain. A role that
 * may not be assumed is the fault that any call reports.
 */
export function credentialsFor(
  role: Role | undefined,
  { sessionName, region, endpoint }: RoleSession,
): RoleCredentials | undefined {
  if (role === undefined) return undefined;
  const assume = fromTemporaryCredentials({
    params: {
      RoleArn: role.arn,
      RoleSessionName: sessionName
        .replaceAll(NOT_IN_A_SESSION_NAME, '-')
        .slice(0, AWS_LIMITS.roleSessionName),
      ...(role.externalId !== undefined && { ExternalId: role.externalId }),
    },
    clientConfig: clientSettings({ region, endpoint, credentials: undefined }),
  });
  return (...options) =>
    assume(...options).catch((error: unknown) => {
      throw cloudErrorOf('sts:AssumeRole', error);
    });
}
