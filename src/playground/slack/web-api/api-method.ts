import type { Workspace } from '../workspace/workspace.ts';

/** What a caller sent, whether as a form or as JSON. */
export type ApiArguments = Readonly<Record<string, unknown>>;

/** What a method may look at and change. */
export interface MethodContext {
  readonly workspace: Workspace;
  readonly scopes: readonly string[];
  /** Where the playground is reachable, for addresses that go into answers. */
  readonly playgroundUrl: () => string;
  /** An address for a new Socket Mode connection. */
  readonly newSocketUrl: () => string;
}

/** One method of the Web API. It returns the fields next to `ok: true`, or throws an `ApiError`. */
export interface ApiMethod {
  readonly name: string;
  readonly token: 'bot' | 'app';
  /** Any one of these is enough; empty: none is needed. */
  readonly scopes: readonly string[];
  call(args: ApiArguments, context: MethodContext): Readonly<Record<string, unknown>>;
}

/** A refusal with Slack's error code; `details` are further fields of the answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly error: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(error: string, details: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.error = error;
    this.details = details;
  }
}

/** One Web API call that was answered. */
export interface RecordedCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** `ok`, Slack's name of the error, or the fault it met. */
  readonly result: string;
  readonly at: Date;
}
