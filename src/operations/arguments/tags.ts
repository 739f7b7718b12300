import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { Kind } from '../../core/line/argument.ts';
import {
  durationSeconds,
  parseDuration,
  type SpokenDuration,
  writeDuration,
} from '../../core/time/durations.ts';

/** What AWS allows in keys and values of tags, but for the signs that hold lists of them together. */
const TAG_SIGNS = String.raw`[\p{L}\p{N} _.:/+@-]`;

const TAG = new RegExp(`^${TAG_SIGNS}{1,${AWS_LIMITS.tagKey}}=${TAG_SIGNS}{0,${AWS_LIMITS.tagValue}}$`, 'u');
/** Fewer than AWS takes: flowlog adds its own, and the plan shows all of them. */
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

/** First files take ten minutes or more: shorter would end before there is anything to see. */
const LEAST_SECONDS = 30 * 60;

/** How long something is to last. */
export function lasting(): Kind<SpokenDuration> {
  return {
    hint: 'time',
    about: 'how long it is to last, 30m or more',
    example: '2h',
    read: (word) => {
      const duration = parseDuration(word);
      if (!('value' in duration)) return { problem: duration.problem, instead: '2h' };
      return durationSeconds(duration.value) < LEAST_SECONDS
        ? { problem: 'is too short: first files take ten minutes or more', instead: '30m' }
        : duration;
    },
    write: writeDuration,
  };
}
