import type { Finding, State } from '../core/query/finding.ts';

/** A sign with a word: the sign for the eye, the word for those who do not see it, or do not know it. */
const STATES: Readonly<Record<State, string>> = {
  answered: '✓ Answered',
  refused: '✕ Refused',
  unanswered: '✕ No answer',
  rejected: '✕ Rejected',
  'reply rejected': '✕ Reply rejected',
  'not seen': '✕ Lost on the way',
  'not recorded': '? Cannot tell',
  mixed: '± Now this, now that',
  unknown: '? Cannot tell',
};

/** What became of it, at a glance; undefined for a finding that is about no conversation. */
export function stateWords({ state, certainty }: Pick<Finding, 'state' | 'certainty'>): string | undefined {
  if (state !== undefined) return STATES[state];
  return certainty === 'unknown' ? '? Not proven' : undefined;
}
