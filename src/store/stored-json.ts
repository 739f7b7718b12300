import type { z } from 'zod';
import { StoreError } from '../core/errors.ts';

/** Reads JSON that only flowlog writes. @throws StoreError where it is of another shape, which says what it should be. */
export function storedJson<T>(schema: z.ZodType<T>, text: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new StoreError(
      'damaged',
      `The store is damaged: ${what} cannot be read.`,
      'Stop flowlog and restore a backup; everything else can be read until then.',
      { cause },
    );
  }
}
