import { StoreError, type StoreErrorCode } from '../core/errors.ts';

interface Words {
  readonly code: StoreErrorCode;
  readonly what: string;
  readonly hint: string;
}

const NOT_THERE: Words = {
  code: 'unreachable',
  what: 'cannot be reached',
  hint: 'See that it runs, and that DATABASE_URL names its host and port. Nothing has to be started again once it answers.',
};

const NOT_LET_IN: Words = {
  code: 'denied',
  what: 'does not let flowlog in',
  hint: 'See that DATABASE_URL has the right user, password and database, and that the user may create a schema there.',
};

const BUSY: Words = {
  code: 'unreachable',
  what: 'has too much to do',
  hint: 'Raise its `max_connections` or its memory: each flowlog process opens up to eight connections.',
};

/** What pg-pool says of a call for which no connection became free; it has no code. */
const NONE_IS_FREE = 'timeout exceeded when trying to connect';

/** By what SQLSTATE begins with, the longest first. Codes: PostgreSQL's documentation, appendix A. */
const BY_STATE: readonly (readonly [string, Words])[] = [
  [
    '53100',
    { code: 'full', what: 'has a full disk', hint: 'Make room on it; nothing has to be started again.' },
  ],
  [
    '25006',
    {
      code: 'read-only',
      what: 'only lets flowlog read',
      hint: 'Name the primary server in DATABASE_URL: this one is a standby, or is set to read only.',
    },
  ],
  [
    '57014',
    {
      code: 'locked',
      what: 'did not answer in time',
      hint: 'Try again in a moment; if it stays, look in `pg_stat_activity` for what holds the tables.',
    },
  ],
  [
    '55P03',
    {
      code: 'locked',
      what: 'holds the tables for another program',
      hint: 'Try again in a moment; if it stays, look in `pg_stat_activity` for what holds the tables.',
    },
  ],
  ['40', { code: 'locked', what: 'gave way to another transaction', hint: 'Try again.' }],
  ['25P03', { code: 'locked', what: 'ended a transaction that took too long', hint: 'Try again.' }],
  [
    'XX',
    { code: 'damaged', what: 'says that its data is damaged', hint: 'Look at its log, and restore a dump.' },
  ],
  ['28', NOT_LET_IN],
  ['3D', NOT_LET_IN],
  ['42501', NOT_LET_IN],
  ['08', NOT_THERE],
  ['57P', NOT_THERE],
  ['53', BUSY],
  ['58', { code: 'unreachable', what: 'has a failing disk', hint: 'Look at its log.' }],
];

/**
 * What a server or its driver says, in words for people; an error of a statement, which is a fault of flowlog, as it is.
 * What is kept as the cause has no password: the driver's errors name at most a host.
 */
export function postgresError(error: unknown, server: string): unknown {
  if (error instanceof StoreError) return error;
  const state = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isOfServer = /^[0-9A-Z]{5}$/.test(state);
  const words = BY_STATE.find(([begin]) => isOfServer && state.startsWith(begin))?.[1];
  if (words === undefined && isOfServer) return error;
  const isBusy = error instanceof Error && error.message === NONE_IS_FREE;
  const { code, what, hint } = words ?? (isBusy ? BUSY : NOT_THERE);
  const why = isOfServer ? state : reasonOf(error, state);
  return new StoreError(code, `The PostgreSQL server ${server} ${what}${why && ` (${why})`}.`, hint, {
    cause: error,
  });
}

/** What went wrong on the way to the server: a code of the system, or what the driver says. */
function reasonOf(error: unknown, code: string): string {
  return code === '' && error instanceof Error ? error.message : code;
}

/** The host and port of a server, for people. */
export function serverOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `${hostname === '' ? 'on this machine' : hostname}${port === '' ? '' : `:${port}`}`;
}
