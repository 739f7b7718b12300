import { describe } from 'vitest';
import { claimNoMoreThanProven } from '../planted/claim-no-more.ts';

describe('an answer over a lake of hours, plain and with keys of Hive, claims no more than is proven', () => {
  claimNoMoreThanProven({ layout: 'hive-hourly', format: 'plain' }, false);
});
