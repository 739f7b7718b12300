import type { Kind } from '../../core/args/kind.ts';

const KEY = /^[\p{L}\p{N} _.:/+@-]{1,128}$/u;
/** AWS shows two tags of a kind at most. */
const MOST = 2;

/** The keys of the tags that records show, one or two. */
export function tagKeys(): Kind<readonly string[]> {
  return {
    hint: 'key,…',
    about: 'the keys of one or two tags, for fields as instance-tag and instance-tag-2',
    example: 'Name',
    read: (word) => {
      const keys = word.split(',');
      if (keys.some((key) => !KEY.test(key))) return { problem: 'is not the key of a tag', instead: 'Name' };
      if (keys.length > MOST || new Set(keys).size < keys.length)
        return { problem: 'is not one key, or two different ones', instead: keys[0] ?? 'Name' };
      return { value: keys };
    },
    write: (keys) => keys.join(','),
  };
}
