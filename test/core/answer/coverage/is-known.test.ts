import { expect, it } from 'vitest';
import { isKnown } from '../../../../src/core/answer/coverage/is-known.ts';

const bucket = { fromSeconds: 1_200, toSeconds: 1_500 };

it.each<readonly [string, number | undefined, readonly (readonly [number, number])[], boolean]>([
  ['what was delivered', 3_000, [], true],
  ['what has begun to be delivered', 1_300, [], true],
  ['what was not delivered yet', 1_200, [], false],
  ['anything where nothing was delivered', undefined, [], false],
  ['what lies in a gap', 3_000, [[900, 1_500]], false],
  ['what a gap only touches', 3_000, [[1_400, 1_800]], true],
])('%s: %s, gaps %j, is known: %s', (_, completeSeconds, gaps, known) => {
  const completeUpTo = completeSeconds === undefined ? undefined : new Date(completeSeconds * 1000);
  const missingSlots = gaps.map(([fromSeconds, toSeconds]) => ({ fromSeconds, toSeconds, flowLog: 'fl-1' }));
  expect(isKnown(bucket, { completeUpTo, missingSlots })).toBe(known);
});
