import { type ApiArguments, parseArguments } from './api-arguments.ts';
import { ApiError } from './api-error.ts';
import type { ApiMethod, MethodContext } from './api-method.ts';
import { checkToken, readToken, type Tokens } from './check-token.ts';
import { methods } from './methods.ts';
import type { RecordedCall } from './recorded-call.ts';

/** A Web API call as it came in. */
export interface IncomingCall {
  readonly method: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly query: string;
  readonly body: string;
}

/** Slack's answer, always with HTTP status 200. */
export type ApiAnswer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

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
      at: context.world.now(),
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
  if (!method) throw notPlayed(call.method);
  checkToken(method, readToken(call.authorization, args), tokens);
  if (method.scopes.length > 0 && !method.scopes.some((scope) => context.scopes.includes(scope))) {
    throw new ApiError('missing_scope', {
      needed: method.scopes.join(','),
      provided: context.scopes.join(','),
    });
  }
  return method.call(args, context);
}

function notPlayed(method: string): ApiError {
  return new ApiError('unknown_method', {
    req_method: method,
    response_metadata: { messages: [`[ERROR] ${method} is not played here`] },
  });
}
