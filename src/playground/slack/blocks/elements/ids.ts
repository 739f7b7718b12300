import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../../limits.ts';

/** Optional: a block without an id is given one. */
export const blockId = z.string().min(1).max(PLAYGROUND_LIMITS.blockId).optional();

/** Optional: an element without an id is given one. */
export const actionId = z.string().min(1).max(PLAYGROUND_LIMITS.actionId).optional();
