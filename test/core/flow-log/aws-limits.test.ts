import { expect, it } from 'vitest';
import { filterLogEventsPerSecond } from '../../../src/core/flow-log/aws-limits.ts';

it.each([
  ['us-east-1', 25],
  ['eu-central-1', 5],
  ['eu-west-1', 10],
  ['a-region-of-tomorrow-1', 10],
])('log groups of %s may be asked %i times a second', (region, perSecond) => {
  expect(filterLogEventsPerSecond(region)).toBe(perSecond);
});
