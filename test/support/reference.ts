import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The path of something that is next to the repository and not in it, such as real flow logs; undefined, said
 * aloud, where it is not there, so that a skipped test is never taken for a passed one.
 */
export function referencePath(path: string): string | undefined {
  const found = fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));
  if (existsSync(found)) return found;
  console.warn(`SKIPPED: ../shared/${path} is not there, so nothing is tested over it.`);
  return undefined;
}
