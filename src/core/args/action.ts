import type { Kind } from './kind.ts';
import { nearest } from './nearest.ts';

/** What security groups and network ACLs did with a flow, as the log writes it. */
export type Action = 'ACCEPT' | 'REJECT';

const MEANT: ReadonlyMap<string, Action> = new Map([
  ['accept', 'ACCEPT'],
  ['reject', 'REJECT'],
  ['accepted', 'ACCEPT'],
  ['accepts', 'ACCEPT'],
  ['allow', 'ACCEPT'],
  ['allowed', 'ACCEPT'],
  ['rejected', 'REJECT'],
  ['rejects', 'REJECT'],
  ['deny', 'REJECT'],
  ['denied', 'REJECT'],
  ['drop', 'REJECT'],
  ['dropped', 'REJECT'],
  ['block', 'REJECT'],
  ['blocked', 'REJECT'],
]);

/** Accepted or rejected, in the words people use for it. */
export function action(): Kind<Action> {
  return {
    hint: 'accept|reject',
    about: 'accept or reject',
    example: 'reject',
    choices: ['accept', 'reject'],
    read: (word) => {
      const value = MEANT.get(word.toLowerCase());
      if (value) return { value };
      const near = MEANT.get(nearest(word, [...MEANT.keys()]) ?? '');
      return { problem: 'is neither accept nor reject', instead: near?.toLowerCase() };
    },
    write: (value) => value.toLowerCase(),
  };
}
