import { z } from 'zod';
import type { Setting } from './setting.ts';

/** What is kept of the files of a folder. */
export const CACHE_SETTINGS = {
  cache: {
    variable: 'FLOWLOG_CACHE',
    key: 'cache',
    about:
      'Folder where text files of a lake are kept as Parquet once they were read, so that later questions need not inflate them; `off` keeps nothing',
    fallbackWords: '`kept` in the state folder',
    schema: z.string().min(1).optional(),
  },
  cacheMb: {
    variable: 'FLOWLOG_CACHE_MB',
    key: 'cache-mb',
    about: 'How much is kept there at most, in MB; what was not read for longest goes first',
    schema: z.coerce.number({ error: 'is not a number' }).int().min(1).max(10_000_000).default(10_000),
  },
} as const satisfies Record<string, Setting<unknown>>;
