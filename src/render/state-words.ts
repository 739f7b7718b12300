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

/** Sentences that say themselves that it is not known. */
const SAYS_IT_IS_UNKNOWN = /^Cannot (?:say|tell)\b|\bcannot be (?:said|told)\b/i;

/**
 * What became of it, at a glance; undefined for a finding that is about no conversation, and where its sentence says the same:
 * that it cannot be said.
 */
export function stateWords({
  state,
  certainty,
  sentence,
}: Pick<Finding, 'state' | 'certainty' | 'sentence'>): string | undefined {
  const said = sentence.filter((part) => typeof part === 'string').join('');
  const isUnknown =
    state === 'unknown' || state === 'not recorded' || (state === undefined && certainty === 'unknown');
  if (isUnknown && SAYS_IT_IS_UNKNOWN.test(said)) return undefined;
  if (state !== undefined) return STATES[state];
  return certainty === 'unknown' ? '? Not proven' : undefined;
}
