import { parseDuration } from '../window/duration/parse-duration.ts';
import { writeDuration } from '../window/duration/write-duration.ts';
import type { SpokenDuration } from '../window/window.ts';
import type { Kind, Wording } from './kind.ts';

/** A length of time: `90s`, `5m`, `1h30m`. */
export function duration(wording: Wording = {}): Kind<SpokenDuration> {
  const example = wording.example ?? '5m';
  return {
    hint: 'duration',
    about: 'a length of time: 90s, 5m, 1h, 2d',
    ...wording,
    example,
    read: (word) => parseDuration(word, example),
    write: writeDuration,
  };
}
