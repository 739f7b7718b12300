import { setMaxListeners } from 'node:events';
import { CloudError } from '../core/lake/cloud.ts';
import { untilAborted } from '../core/until-aborted.ts';
import { cloudCodeOf, sdkFault } from './faults.ts';

/**
 * Makes a call to AWS, named as IAM names it. An abort ends it at once: the SDK ignores one while it waits to retry.
 * @throws CloudError for whatever AWS or the way to it did; the reason of the signal when it was aborted.
 */
export async function callAws<T>(call: string, signal: AbortSignal, send: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  // One question makes many calls at once; that so many listen to its signal is no leak.
  setMaxListeners(0, signal);
  try {
    return await untilAborted(signal, send());
  } catch (error) {
    signal.throwIfAborted();
    throw cloudErrorOf(call, error);
  }
}

/** Makes a call of which some faults are an answer, namely that there is nothing: undefined. */
export async function callAwsOrNothing<T>(
  call: string,
  isNothing: (error: CloudError) => boolean,
  signal: AbortSignal,
  send: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await callAws(call, signal, send);
  } catch (error) {
    if (error instanceof CloudError && isNothing(error)) return undefined;
    throw error;
  }
}

/** Reads what the SDK threw. Its errors carry the name of the fault as their own name, and the HTTP status in metadata. */
export function cloudErrorOf(call: string, error: unknown): CloudError {
  if (error instanceof CloudError) return error;
  const { name, code, message, $metadata } = sdkFault(error);
  const status = $metadata?.httpStatusCode;
  const fault = name === 'Error' && code !== undefined ? code : name || 'Unknown';
  return new CloudError(
    cloudCodeOf(fault, status),
    { call, fault, message: message || `AWS answered with HTTP status ${status ?? 'unknown'}` },
    { cause: error },
  );
}
