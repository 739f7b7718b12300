import type { z } from 'zod';

/** One thing that can be configured: the variable, its name in flowlog.yml, what it means and how it is read. */
export interface Setting<T> {
  readonly variable: string;
  readonly key: string;
  readonly about: string;
  /** Shown in the table of the README instead of a default that depends on the machine. */
  readonly fallbackWords?: string;
  readonly secret?: true;
  readonly schema: z.ZodType<T>;
}
