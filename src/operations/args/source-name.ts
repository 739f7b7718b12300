import type { Kind } from '../../core/line/argument.ts';
import { RESOURCE_NOUNS, type ResourcePrefix, resourceId } from '../../core/line/resource-id.ts';
import { SCOPE_ARGS } from '../../core/line/standard-arguments.ts';
import { parseDuration } from '../../core/time/durations.ts';

const ID = new RegExp(`^(?:fl-|(?:${Object.keys(RESOURCE_NOUNS).join('|')})-[0-9a-f]+$)`);
const HAS_LETTER = /[a-z]/;

/**
 * What `sources` lists: the id of a flow log, or the name of a source that is only configured; and where others are
 * said, the id of a resource. What looks like an id, a length of time or a number is taken for no name.
 */
export function sourceName(...others: readonly ResourcePrefix[]): Kind<string> {
  const { about, example, read, write } = resourceId('fl', ...others);
  return {
    hint: others.length === 0 ? 'source' : 'id',
    about: `${about}, or the name of a configured source`,
    example,
    read: (word) => {
      const name = SCOPE_ARGS.in.read(word);
      if (ID.test(word.toLowerCase()) || !('value' in name) || name.value === undefined) return read(word);
      if ('value' in parseDuration(word) || !HAS_LETTER.test(name.value)) return read(word);
      return { value: name.value };
    },
    write,
  };
}
