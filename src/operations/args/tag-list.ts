import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { Kind } from '../../core/line/argument.ts';
import { TAG_SIGNS } from './tag-signs.ts';

const TAG = new RegExp(`^${TAG_SIGNS}{1,${AWS_LIMITS.tagKey}}=${TAG_SIGNS}{0,${AWS_LIMITS.tagValue}}$`, 'u');
/** Fewer than AWS takes: flowlog adds its own, and all of them stand in the plan. */
const MOST = 20;

/** Tags as `key=value`, with commas between them. */
export function tagList(): Kind<Readonly<Record<string, string>>> {
  return {
    hint: 'key=value,…',
    about: 'tags as key=value with commas between them',
    example: 'incident=4711',
    read: (word) => {
      const tags = word.split(',');
      const wrong = tags.find((tag) => !TAG.test(tag));
      if (wrong !== undefined) return { problem: 'is not key=value', instead: 'incident=4711' };
      if (tags.length > MOST)
        return { problem: `has more than ${MOST} tags`, instead: tags.slice(0, MOST).join(',') };
      if (tags.some((tag) => /^aws:/i.test(tag)))
        return { problem: 'begins with aws:, which AWS keeps for itself', instead: 'incident=4711' };
      return {
        value: Object.fromEntries(
          tags.map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
        ),
      };
    },
    write: (tags) =>
      Object.entries(tags)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
  };
}
