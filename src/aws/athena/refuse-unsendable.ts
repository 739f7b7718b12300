import { EngineError } from '../../core/errors.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';

/** In Trino nothing that writes begins with WITH. */
const READS = /^\s*(SELECT|WITH)\b/i;

/**
 * Refuses what Athena would refuse, or worse: the SDK is known to hang on a text that is far too long.
 * @throws EngineError `rejected`, saying what to do.
 */
export function refuseUnsendable(text: string, parameters: readonly string[]): void {
  if (text.trim() === '') throw new EngineError('rejected', 'the statement is empty');
  if (!READS.test(text)) throw new EngineError('rejected', 'only a SELECT is run');
  const bytes = Buffer.byteLength(text);
  if (bytes > AWS_LIMITS.statementBytes) {
    throw new EngineError(
      'rejected',
      `the statement has ${bytes} bytes and Athena takes ${AWS_LIMITS.statementBytes}: ask a shorter window or fewer addresses`,
    );
  }
  const longest = Math.max(0, ...parameters.map(({ length }) => length));
  if (longest > AWS_LIMITS.parameterCharacters) {
    throw new EngineError(
      'rejected',
      `a value has ${longest} characters in SQL and Athena takes ${AWS_LIMITS.parameterCharacters}: ask with a shorter one`,
    );
  }
}
