import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { Kind } from '../../core/line/argument.ts';
import { TAG_SIGNS } from './tag-signs.ts';

const KEY = new RegExp(`^${TAG_SIGNS}{1,${AWS_LIMITS.tagKey}}$`, 'u');

/** The keys of the tags that records show, one or two. */
export function tagKeys(): Kind<readonly string[]> {
  return {
    hint: 'key,…',
    about: 'the keys of one or two tags, for fields as instance-tag and instance-tag-2',
    example: 'Name',
    read: (word) => {
      const keys = word.split(',');
      if (keys.some((key) => !KEY.test(key))) return { problem: 'is not the key of a tag', instead: 'Name' };
      if (keys.length > AWS_LIMITS.shownTags || new Set(keys).size < keys.length)
        return { problem: 'is not one key, or two different ones', instead: keys[0] ?? 'Name' };
      return { value: keys };
    },
    write: (keys) => keys.join(','),
  };
}
