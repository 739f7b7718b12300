import type { AwsClock } from './aws-clock.ts';
import { isExpired } from './faults.ts';

/** A step of a call, whatever goes in and comes out. */
type Middleware = <Arguments, Result>(
  next: (args: Arguments) => Promise<Result>,
) => (args: Arguments) => Promise<Result>;

/** A client of any service. */
interface AwsClient {
  readonly config: { credentials(options: { readonly forceRefresh: boolean }): Promise<unknown> };
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: 'initialize'; name: string }): void;
    add(middleware: Middleware, options: { step: 'deserialize'; name: string; priority: 'low' }): void;
  };
}

/**
 * Has a client ask once for new credentials where AWS says that those it has are over: they may have been withdrawn, or
 * end earlier than they say. What AWS then says is the answer. And has it look at AWS's clock.
 */
export function prepareClient<C extends AwsClient>(client: C, clock: AwsClock | undefined): C {
  const askForNewCredentials: Middleware = (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (!isExpired(error)) throw error;
      await client.config.credentials({ forceRefresh: true });
      return next(args);
    }
  };
  const lookAtTheClock: Middleware = (next) => async (args) => {
    const result = await next(args);
    const date = dateOf(result);
    if (date !== undefined) clock?.seen(date);
    return result;
  };
  client.middlewareStack.add(askForNewCredentials, { step: 'initialize', name: 'askForNewCredentials' });
  client.middlewareStack.add(lookAtTheClock, {
    step: 'deserialize',
    name: 'lookAtTheClock',
    priority: 'low',
  });
  return client;
}

/** The time of an answer; undefined for one that a proxy kept, which has an age and the time at which it was made. */
function dateOf(result: unknown): string | undefined {
  const headers = memberOf(memberOf(result, 'response'), 'headers');
  const date = memberOf(headers, 'date');
  return typeof date === 'string' && memberOf(headers, 'age') === undefined ? date : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
