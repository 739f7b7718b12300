import { setMaxListeners } from 'node:events';
import { CloudError } from '../core/ports/cloud/cloud-error.ts';
import { faultCode } from './fault-codes.ts';

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

/** What the SDK threw, in our words. Its errors carry the fault's name as theirs, and how the call went beside it. */
export function cloudErrorOf(call: string, error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  if (!(error instanceof Error)) {
    return new CloudError('broken', { call, fault: 'Unknown', message: String(error) });
  }
  const fault = error.name === 'Error' && 'code' in error ? String(error.code) : error.name;
  const status = statusOf(error);
  const message = error.message || `AWS answered with HTTP status ${status ?? 'unknown'}`;
  return new CloudError(faultCode(fault, status), { call, fault, message }, { cause: error });
}

function statusOf(error: object): number | undefined {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** What a promise comes to, unless we are told to stop first: the SDK does not hear that while it waits to try again. */
export function untilStopped<T>(signal: AbortSignal, sent: Promise<T>): Promise<T> {
  // One question makes many calls at once; that so many listen to its signal is no leak.
  setMaxListeners(0, signal);
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    sent.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
