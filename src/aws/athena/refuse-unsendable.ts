import { EngineError } from '../../core/errors.ts';

/** AWS, "Service Quotas" of Athena: the longest query string, in bytes. */
const MOST_BYTES = 262_144;

/** AWS, API of StartQueryExecution: the longest execution parameter, its quotes included. */
const MOST_PARAMETER = 1_024;

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
  if (bytes > MOST_BYTES) {
    throw new EngineError(
      'rejected',
      `the statement has ${bytes} bytes and Athena takes ${MOST_BYTES}: ask a shorter window or fewer addresses`,
    );
  }
  const longest = Math.max(0, ...parameters.map(({ length }) => length));
  if (longest > MOST_PARAMETER) {
    throw new EngineError(
      'rejected',
      `a value has ${longest} characters in SQL and Athena takes ${MOST_PARAMETER}: ask with a shorter one`,
    );
  }
}
