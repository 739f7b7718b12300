import { faultOf } from './fault-kind.ts';
import { withoutKeys } from './without-keys.ts';

/**
 * What the log may know of a fault: an error of the SDK holds the whole request, with the session token among its
 * headers.
 */
export function harmless(error: unknown): Error {
  const { name, message, $metadata } = faultOf(error);
  const request = $metadata?.requestId === undefined ? '' : ` (request ${$metadata.requestId})`;
  return new Error(withoutKeys(`${name}: ${message}${request}`));
}
