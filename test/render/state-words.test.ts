import { expect, it } from 'vitest';
import { stateWords } from '../../src/render/state-words.ts';

it.each([
  ['rejected', 'proven', '✕ Rejected'],
  ['answered', 'proven', '✓ Answered'],
  ['not recorded', 'unknown', '? Cannot tell'],
  [undefined, 'unknown', '? Not proven'],
  [undefined, 'proven', undefined],
] as const)(
  'the state %s of a finding that is %s is written as a sign with a word',
  (state, certainty, expected) => {
    expect(stateWords(state === undefined ? { certainty } : { state, certainty })).toBe(expected);
  },
);
