import { randomUUID } from 'node:crypto';

/** The clock and the random numbers, which no other file reads. */
export interface World {
  readonly now: () => Date;
  /** On a clock that never goes back. */
  readonly elapsedMs: () => number;
  readonly newId: () => string;
  /** At least 0, less than 1. */
  readonly random: () => number;
}

/** The clock and the random numbers of this process. */
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

/** Sets this process up before anything is opened: both entry points call it first. */
export function prepareProcess(): void {
  // The AWS SDK would print a warning about future Node.js versions, which only our releases can act on. It reads this
  // variable when a client is created.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // Files hold questions and answers: other users of this machine must not read them.
  process.umask(0o077);
}

/** A name that begins with the process id, and that no other process has: in a container each has the same id. */
export const PROCESS_NAME = `${process.pid}-${Math.round(performance.timeOrigin)}`;
