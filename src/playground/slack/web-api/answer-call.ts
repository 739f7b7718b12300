import { parseArguments } from './api-arguments.ts';
import {
  type ApiArguments,
  ApiError,
  type ApiMethod,
  type MethodContext,
  type RecordedCall,
} from './api-method.ts';
import { chatGetPermalink, chatPostEphemeral, chatPostMessage, chatUpdate } from './chat.ts';
import { conversationsHistory, conversationsReplies } from './conversations.ts';
import { filesCompleteUpload, filesGetUploadUrl } from './files.ts';
import { appsConnectionsOpen, authTest, usersInfo } from './identity.ts';
import { viewsOpen, viewsUpdate } from './views.ts';

/** A Web API call as it came in. */
export interface IncomingCall {
  readonly method: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly query: string;
  readonly body: string;
}

/** Slack's answer, always with HTTP status 200. */
type ApiAnswer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

/** Creates the function that answers Web API calls. Each call and its result go to `record`. */
export function createCallAnswerer(
  context: MethodContext,
  tokens: Tokens,
  record: (call: RecordedCall) => void,
) {
  const byName = new Map(methods.map((method) => [method.name, method]));
  return function answerCall(call: IncomingCall): ApiAnswer {
    let args: ApiArguments = {};
    let answer: ApiAnswer;
    try {
      args = { ...parseArguments('', call.query), ...parseArguments(call.contentType, call.body) };
      answer = { ok: true, ...perform(byName.get(call.method), args, call, context, tokens) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      answer = { ok: false, error: error.error, ...error.details };
    }
    const { token: _secret, ...shown } = args;
    record({
      method: call.method,
      args: shown,
      result: answer.ok ? 'ok' : String(answer.error),
      at: context.workspace.now(),
    });
    return answer;
  };
}

function perform(
  method: ApiMethod | undefined,
  args: ApiArguments,
  call: IncomingCall,
  context: MethodContext,
  tokens: Tokens,
): Readonly<Record<string, unknown>> {
  if (!method) throw methodNotPlayed(call.method);
  checkToken(method, readToken(call.authorization, args), tokens);
  if (method.scopes.length > 0 && !method.scopes.some((scope) => context.scopes.includes(scope))) {
    throw new ApiError('missing_scope', {
      needed: method.scopes.join(','),
      provided: context.scopes.join(','),
    });
  }
  return method.call(args, context);
}

function methodNotPlayed(method: string): ApiError {
  return new ApiError('unknown_method', {
    req_method: method,
    response_metadata: { messages: [`[ERROR] ${method} is not played here`] },
  });
}

/** The two tokens that are accepted. */
interface Tokens {
  readonly bot: string;
  readonly app: string;
}

/** Refuses a call without a token, with an unknown one, or with the wrong kind of token for the method. */
function checkToken(method: ApiMethod, sent: string | undefined, tokens: Tokens): void {
  if (!sent) throw new ApiError('not_authed');
  if (sent !== tokens.bot && sent !== tokens.app) throw new ApiError('invalid_auth');
  if (sent !== tokens[method.token]) throw new ApiError('not_allowed_token_type');
}

/** The token of a call: from the `Authorization` header, or from its arguments. */
function readToken(
  authorization: string | undefined,
  args: Readonly<Record<string, unknown>>,
): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  return bearer ?? (typeof args.token === 'string' ? args.token : undefined);
}

/** Every method that flowlog calls; all others are `unknown_method`, not played here. */
const methods: readonly ApiMethod[] = [
  appsConnectionsOpen,
  authTest,
  chatGetPermalink,
  chatPostEphemeral,
  chatPostMessage,
  chatUpdate,
  conversationsHistory,
  conversationsReplies,
  filesCompleteUpload,
  filesGetUploadUrl,
  usersInfo,
  viewsOpen,
  viewsUpdate,
];
