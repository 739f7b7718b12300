import { ApiError } from './api-error.ts';
import type { ApiMethod } from './api-method.ts';

/** The two tokens that the desk handed out. */
export interface Tokens {
  readonly bot: string;
  readonly app: string;
}

/** Refuses a call without a token, with an unknown one, or with the wrong kind of token for the method. */
export function checkToken(method: ApiMethod, sent: string | undefined, tokens: Tokens): void {
  if (method.token === 'none') return;
  if (!sent) throw new ApiError('not_authed');
  if (sent !== tokens.bot && sent !== tokens.app) throw new ApiError('invalid_auth');
  if (sent !== tokens[method.token]) throw new ApiError('not_allowed_token_type');
}

/** The token of a call: from the `Authorization` header, or from its arguments. */
export function readToken(
  authorization: string | undefined,
  args: Readonly<Record<string, unknown>>,
): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  return bearer ?? (typeof args.token === 'string' ? args.token : undefined);
}
