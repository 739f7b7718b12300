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
    const finding = { certainty, sentence: ['No traffic seen.'], ...(state === undefined ? {} : { state }) };
    expect(stateWords(finding)).toBe(expected);
  },
);

it.each([
  ['Cannot say whether there was traffic to 10.0.1.5: no file was read.', undefined],
  ['What became of requests of 10.0.1.5 to 10.0.2.7 cannot be said', undefined],
  ['No traffic seen up to 13:50; later minutes are not delivered yet.', '? Not proven'],
])('the state is left out where the sentence says that it is not known: %s', (sentence, expected) => {
  expect(stateWords({ certainty: 'unknown', sentence: [sentence] })).toBe(expected);
});
