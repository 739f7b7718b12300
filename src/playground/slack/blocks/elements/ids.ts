import { z } from 'zod';
import { DESK_LIMITS } from '../../desk-limits.ts';

/** Optional: a block without an id is given one. */
export const blockId = z.string().min(1).max(DESK_LIMITS.blockId).optional();

/** Optional: an element without an id is given one. */
export const actionId = z.string().min(1).max(DESK_LIMITS.actionId).optional();
