import { channel } from 'node:diagnostics_channel';
import { sdkFault } from './faults.ts';

/** One attempt at a call to AWS, as it is published. */
interface AwsAttempt {
  /** `athena`, `ec2`. */
  readonly service: string;
  /** As AWS names it: `StartQueryExecution`. */
  readonly operation: string;
  /** `ok`, AWS's name of the fault, or the code of the connection: `ThrottlingException`, `ECONNREFUSED`. */
  readonly code: string;
}

/** The channel on which each attempt of the SDK is published, an `AwsAttempt`: clients need not know who counts them. */
export const AWS_ATTEMPTS = 'flowlog.aws.attempt';

const attempts = channel(AWS_ATTEMPTS);

type Attempt = (args: never) => Promise<unknown>;
type AttemptContext = { readonly clientName?: string; readonly commandName?: string };

/** What of a client's stack is used: it differs in types between services. */
interface AttemptStack {
  addRelativeTo(
    middleware: (next: Attempt, context: AttemptContext) => Attempt,
    where: { readonly name: string; readonly relation: 'after'; readonly toMiddleware: string },
  ): void;
}

/** The same client, of which each attempt at a call is published: behind the SDK's retries, before its signatures. */
export function withPublishedCalls<C extends { readonly middlewareStack: object }>(client: C): C {
  const stack = client.middlewareStack as AttemptStack;
  stack.addRelativeTo(published, {
    name: 'flowlogPublishedCalls',
    relation: 'after',
    toMiddleware: 'retryMiddleware',
  });
  return client;
}

function published(next: Attempt, context: AttemptContext): Attempt {
  const publish = (code: string) => attempts.publish(attemptOf(context, code));
  return async (args) => {
    try {
      const answer = await next(args);
      publish('ok');
      return answer;
    } catch (error) {
      const { name, code } = sdkFault(error);
      publish((name === 'Error' ? code : name) || 'unknown');
      throw error;
    }
  };
}

/** `AthenaClient`, `StartQueryExecutionCommand`. */
function attemptOf({ clientName = '', commandName = '' }: AttemptContext, code: string): AwsAttempt {
  return {
    service: clientName.replace(/Client$/, '').toLowerCase(),
    operation: commandName.replace(/Command$/, ''),
    code,
  };
}
