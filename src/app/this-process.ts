import { randomUUID } from 'node:crypto';

/** Time and chance, which enter here and nowhere else. */
export interface World {
  readonly now: () => Date;
  /** On a clock that never goes back. */
  readonly elapsedMs: () => number;
  readonly newId: () => string;
  /** At least 0, less than 1. */
  readonly random: () => number;
}

/** The time and the chance of this process. */
export const THIS_WORLD: World = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  newId: () => randomUUID(),
  random: () => Math.random(),
};

/** The time zone of this machine, an IANA name. */
export function systemZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Sets this process up before anything is opened: both ways to start call it first. */
export function prepareProcess(): void {
  // AWS's SDK tells every person at a terminal that it will want a newer Node.js, which is a matter of our releases. It
  // looks at this when a client is made.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // Files hold questions and answers: other users of this machine must not read them.
  process.umask(0o077);
}
