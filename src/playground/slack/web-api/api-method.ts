import type { World } from '../workspace/workspace.ts';
import type { ApiArguments } from './api-arguments.ts';

/** What a method may look at and change. */
export interface MethodContext {
  readonly world: World;
  readonly scopes: readonly string[];
  /** Where the desk is reachable, for addresses that go into answers. */
  readonly playgroundUrl: () => string;
  /** An address for a new Socket Mode connection. */
  readonly newSocketUrl: () => string;
}

/** One method of the Web API. It returns what stands beside `ok: true`, or throws an `ApiError`. */
export interface ApiMethod {
  readonly name: string;
  readonly token: 'bot' | 'app' | 'none';
  /** Any one of these is enough; empty: none is needed. */
  readonly scopes: readonly string[];
  call(args: ApiArguments, context: MethodContext): Readonly<Record<string, unknown>>;
}

/** A refusal in Slack's words; `details` go beside `error` in the answer. */
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

/** One Web API call that the desk answered. */
export interface RecordedCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** `ok`, Slack's name of the error, or the fault it met. */
  readonly result: string;
  readonly at: Date;
}
