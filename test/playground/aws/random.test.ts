import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/playground/aws/random.ts';

describe('createRandom', () => {
  it('gives the same numbers for the same key and others for another', () => {
    const numbers = (key: string) => {
      const random = createRandom(1, key);
      return Array.from({ length: 20 }, () => random.whole(0, 1_000_000));
    };
    expect(numbers('web')).toEqual(numbers('web'));
    expect(numbers('web')).not.toEqual(numbers('app'));
  });

  it('stays within its bounds and reaches both', () => {
    const random = createRandom('bounds');
    const numbers = Array.from({ length: 1000 }, () => random.whole(3, 7));
    expect([...new Set(numbers)].toSorted()).toEqual([3, 4, 5, 6, 7]);
  });

  it('refuses to pick from nothing', () => {
    expect(() => createRandom('empty').pick([])).toThrow(RangeError);
  });
});
