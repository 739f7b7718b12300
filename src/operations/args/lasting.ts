import type { Kind } from '../../core/line/argument.ts';
import {
  durationSeconds,
  parseDuration,
  type SpokenDuration,
  writeDuration,
} from '../../core/time/durations.ts';

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
