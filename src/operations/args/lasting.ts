import type { Kind } from '../../core/args/kind.ts';
import { durationSeconds } from '../../core/window/duration/duration-seconds.ts';
import { parseDuration } from '../../core/window/duration/parse-duration.ts';
import { writeDuration } from '../../core/window/duration/write-duration.ts';
import type { SpokenDuration } from '../../core/window/window.ts';

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
