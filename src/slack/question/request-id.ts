import { createHash } from 'node:crypto';

const ID_CHARACTERS = 24;

/**
 * The identity of a request, the same for every delivery of it. Hashed, because a trigger opens modals and does not
 * belong into a store or a log.
 */
export function requestId(kind: 'command' | 'event' | 'click' | 'form', ...parts: readonly string[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest('hex');
  return `slack-${kind}-${digest.slice(0, ID_CHARACTERS)}`;
}
