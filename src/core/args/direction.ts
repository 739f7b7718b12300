import type { Kind } from './kind.ts';
import { nearest } from './nearest.ts';

/** Which way a flow passed the interface that recorded it, as the log writes it. */
export type Direction = 'ingress' | 'egress';

const MEANT: ReadonlyMap<string, Direction> = new Map([
  ['ingress', 'ingress'],
  ['egress', 'egress'],
  ['in', 'ingress'],
  ['inbound', 'ingress'],
  ['incoming', 'ingress'],
  ['out', 'egress'],
  ['outbound', 'egress'],
  ['outgoing', 'egress'],
]);

/** Ingress or egress, in the words people use for it. */
export function direction(): Kind<Direction> {
  return {
    hint: 'ingress|egress',
    about: 'ingress or egress',
    example: 'ingress',
    choices: ['ingress', 'egress'],
    needs: ['flow-direction'],
    read: (word) => {
      const value = MEANT.get(word.toLowerCase());
      if (value) return { value };
      const near = MEANT.get(nearest(word, [...MEANT.keys()]) ?? '');
      return { problem: 'is neither ingress nor egress', instead: near };
    },
    write: (value) => value,
  };
}
