import { describe, expect, it } from 'vitest';
import { claimNoMoreThanProven } from '../planted/claim-no-more.ts';
import { PLANTED } from '../planted/planted-lakes.ts';

// `test/attacks/lakes.test.ts` plants them in another layout.
describe('an answer over a lake of days in gzip claims no more than is proven', () => {
  claimNoMoreThanProven({ layout: 'daily', format: 'gz' }, true);
});

it('there are at least 60 planted lakes', () => {
  expect(PLANTED.length).toBeGreaterThanOrEqual(60);
});
