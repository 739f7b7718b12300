import type { World } from '../world/world.ts';
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
