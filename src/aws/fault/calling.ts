import { CloudError } from '../../core/lake/cloud.ts';
import { cloudErrorOf } from './cloud-error-of.ts';
import { untilStopped } from './until-stopped.ts';

/**
 * Makes a call to AWS, named as IAM names it.
 * @throws CloudError for whatever AWS or the way to it did; the reason of the signal when we were told to stop.
 */
export async function calling<T>(call: string, signal: AbortSignal, send: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  try {
    return await untilStopped(signal, send());
  } catch (error) {
    signal.throwIfAborted();
    throw cloudErrorOf(call, error);
  }
}

/** Makes a call whose fault may only say that there is nothing, which is an answer: undefined. */
export async function callingOrNothing<T>(
  call: string,
  nothing: (error: CloudError) => boolean,
  signal: AbortSignal,
  send: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await calling(call, signal, send);
  } catch (error) {
    if (error instanceof CloudError && nothing(error)) return undefined;
    throw error;
  }
}
