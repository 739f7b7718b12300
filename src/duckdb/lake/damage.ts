import { INFLATED_CODE, MOST_INFLATED, TRAILING_CODE } from './read-text.ts';

const REASONS: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'is a truncated gzip file',
  Z_DATA_ERROR: 'is a damaged gzip file',
  [TRAILING_CODE]: 'is a gzip file with something else behind its end',
  [INFLATED_CODE]: `is a gzip file that inflates to more than ${MOST_INFLATED.times} times its size, as no flow log does`,
  EACCES: 'may not be read: permission denied',
  EPERM: 'may not be read: permission denied',
  ENOENT: 'is not there any more',
};

/** The code of an error of the file system or of zlib; empty for any other. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether a code is of what is in the file, and not of how it was reached. */
export function isDamage(code: string): boolean {
  return code === 'Z_DATA_ERROR' || code === TRAILING_CODE || code === INFLATED_CODE;
}

/** Why a file could not be read, in words for people. */
export function reasonFor(code: string): string {
  return REASONS[code] ?? `cannot be read (${code || 'unknown error'})`;
}
