import { expect, it } from 'vitest';
import type { LogCoverage, SlotState } from '../../../../src/core/answer/coverage/coverage.ts';
import { knownOf } from '../../../../src/core/answer/coverage/known-of.ts';

const BUCKET = { fromSeconds: 1_200, toSeconds: 1_500 };

/** A flow log of which everything was read but a stretch. */
function logWithout(fromSeconds: number, toSeconds: number, state: SlotState): LogCoverage {
  return {
    flowLog: 'fl-1',
    slots: [
      { fromSeconds: 0, toSeconds: fromSeconds, state: 'read' },
      { fromSeconds, toSeconds, state },
      { fromSeconds: toSeconds, toSeconds: 9_000, state: 'read' },
    ],
    stopped: false,
    completeUpToSeconds: undefined,
    whole: false,
    resource: undefined,
    traffic: undefined,
  };
}

it.each<readonly [string, number, number, SlotState, 'whole' | 'part' | 'none']>([
  ['its own slot has no file', 1_200, 1_500, 'missing', 'none'],
  ['a part of it could not be read', 1_400, 1_800, 'unreadable', 'none'],
  ['it is not delivered yet', 900, 3_000, 'late', 'none'],
  ['a slot has no file in which its last records would be', 1_800, 2_100, 'missing', 'part'],
  ['such a slot is not delivered yet', 1_500, 3_000, 'late', 'part'],
  ['a slot is missing that ended before it', 900, 1_200, 'missing', 'whole'],
  ['a slot is missing that its longest record cannot reach', 2_100, 2_400, 'missing', 'whole'],
])('where %s', (_, fromSeconds, toSeconds, state, known) => {
  expect(knownOf(BUCKET, { flowLogs: [logWithout(fromSeconds, toSeconds, state)] })).toBe(known);
});

it('needs every flow log', () => {
  const flowLogs = [logWithout(5_000, 5_300, 'missing'), logWithout(1_200, 1_500, 'missing')];
  expect(knownOf(BUCKET, { flowLogs })).toBe('none');
  expect(knownOf(BUCKET, { flowLogs: [] })).toBe('none');
});
