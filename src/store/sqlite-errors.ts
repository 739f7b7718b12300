import { StoreError } from '../core/errors.ts';

/** Whether another process, or another connection, holds the file just now. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

/** The error of a call that has waited for too long. */
export function lockedError(path: string, cause: unknown): StoreError {
  return new StoreError(
    'locked',
    `Another process holds \`${path}\`, so that nothing can be written down.`,
    'Try again in a moment; if it stays, close what has the file open: another flowlog, a backup, an SQLite shell.',
    { cause },
  );
}

/** What SQLite or the file system says, in words for people; any other error as it is. */
export function sqliteError(error: unknown, path: string): unknown {
  const code = codeOf(error);
  const options = { cause: error };
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return new StoreError(
      'full',
      `The disk with \`${path}\` is full, so that nothing can be written down.`,
      'Make room on it; nothing has to be started again.',
      options,
    );
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS')
    return new StoreError(
      'read-only',
      `\`${path}\` may only be read, so that nothing can be written down.`,
      'Give the user of flowlog the right to write to the file and to its folder, and mount the disk for writing.',
      options,
    );
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new StoreError(
      'damaged',
      `\`${path}\` is damaged: what it holds cannot be trusted.`,
      'Stop flowlog and start it again: it keeps a copy of the file and says what to do.',
      options,
    );
  if (code.startsWith('SQLITE_IOERR'))
    return new StoreError(
      'unreachable',
      `The disk with \`${path}\` failed (${code}).`,
      'Look at the disk: the log of the machine says more. Nothing has to be started again once it works.',
      options,
    );
  if (/^(SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|ENOTDIR|EISDIR|EEXIST)/.test(code) || isNoConnection(error))
    return new StoreError(
      'denied',
      `\`${path}\` cannot be opened.`,
      'Give the user of flowlog the right to read and write it and its folder.',
      options,
    );
  return error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** libsql's own error for a file that it cannot open. */
function isNoConnection(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('ConnectionFailed');
}
