import { NO_NAMES } from '../../src/core/lake/names.ts';
import { type Phrase, phraseText } from '../../src/core/query/finding.ts';

/** A phrase as plain text where nothing has a name, with times in UTC. */
export function textOf(phrase: Phrase): string {
  return phraseText(phrase, { zone: 'UTC', names: NO_NAMES });
}
