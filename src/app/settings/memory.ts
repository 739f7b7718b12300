import { totalmem } from 'node:os';

/**
 * The least memory, in MB, under which `top-talkers` over ten million records is answered, also two at once: measured
 * over 288 gzip files of a day with hardly any repeated pair of addresses. With 128 MB it failed instead of spilling.
 */
export const LEAST_MEMORY_MB = 256;

/**
 * The engine may have a quarter: the rest of the process needs some 250 MB more than the limit, and other processes run
 * on the machine too.
 */
const SHARE = 0.25;

const BYTES_A_MB = 1_000_000;

/** How much memory there is, in bytes. */
export interface Memory {
  readonly machine: number;
  /** What a container allows the process; 0 or more than the machine has where nothing is set. */
  readonly allowed: number;
}

/** The memory of the machine, and what of it this process may use. */
export function thisMemory(): Memory {
  return { machine: totalmem(), allowed: process.constrainedMemory() };
}

/** What the embedded engine may use where nothing is configured, in MB. */
export function shareOfMemoryMb({ machine, allowed }: Memory): number {
  const usable = allowed > 0 ? Math.min(allowed, machine) : machine;
  return Math.max(LEAST_MEMORY_MB, Math.floor((usable * SHARE) / BYTES_A_MB));
}
