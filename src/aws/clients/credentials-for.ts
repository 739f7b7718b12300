import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { cloudErrorOf } from '../fault/cloud-error-of.ts';
import { clientSettings, type RoleCredentials } from './client-settings.ts';

/** A role of another account that flowlog takes on. */
export interface Role {
  readonly arn: string;
  /** What the role's trust asks for, so that nobody else can let us act for them. */
  readonly externalId?: string;
}

/** Who takes a role on, as CloudTrail shows it, and where it is asked for. */
export interface RoleSession {
  readonly sessionName: string;
  readonly region: string;
  readonly endpoint: string | undefined;
}

/** AWS takes no other characters. */
const NOT_IN_A_SESSION_NAME = /[^\w+=,.@-]/g;

/**
 * Credentials of a role, renewed before they expire; undefined for none, which leaves the default chain. A role that
 * may not be taken on says so, whatever call wanted it.
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
