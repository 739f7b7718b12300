/** A fault as the SDK throws it, as far as anybody looks. */
interface Fault {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly AthenaErrorCode?: string;
}

const BUSY = /^(Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|LimitExceeded)/;
const LOST = /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)$/;

/** Reads a fault; nothing is known of what is no Error. */
export function faultOf(error: unknown): Fault {
  return error instanceof Error ? error : { name: '', message: String(error) };
}

/** We ask more often than Athena lets us: it will answer later. */
export function isBusy(error: unknown): boolean {
  return BUSY.test(faultOf(error).name);
}

/** The same call may succeed in a moment: Athena is busy, has a fault of its own, or the connection broke. */
export function isTransient(error: unknown): boolean {
  const { name, code = '', $metadata } = faultOf(error);
  const serverFault = ($metadata?.httpStatusCode ?? 0) >= 500;
  return isBusy(error) || serverFault || LOST.test(code) || name === 'TimeoutError';
}
