import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlaces } from '../../../src/core/answer/places.ts';

const CHANNELS = ['A', 'B', 'C'] as const;
const PEOPLE = ['1', '2', '3', '4'] as const;
/** A person asks in a channel, or what was taken first ends. */
const event = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ channel: fc.constantFrom(...CHANNELS), person: fc.constantFrom(...PEOPLE) }),
  },
  { weight: 1, arbitrary: fc.constant('end' as const) },
);

describe('places for questions', () => {
  it('are never more than there are, nor more than half in one channel, and all of them come back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.array(event, { maxLength: 80 }), (most, events) => {
        const places = createPlaces(most);
        const held: { readonly channel: string; readonly leave: () => void }[] = [];
        for (const each of events) {
          if (each === 'end') held.shift()?.leave();
          else {
            const leave = places.take(each);
            if (leave !== undefined) held.push({ channel: each.channel, leave });
          }
          expect(held.length).toBeLessThanOrEqual(most);
          for (const channel of CHANNELS)
            expect(held.filter((one) => one.channel === channel).length).toBeLessThanOrEqual(
              Math.ceil(most / 2),
            );
        }
        for (const { leave } of held) {
          leave();
          // Given back twice it counts once.
          leave();
        }
        const free = CHANNELS.slice(0, 2).flatMap((channel) =>
          Array.from({ length: most }, (_, nth) => places.take({ channel, person: `new ${channel}${nth}` })),
        );
        expect(free.filter((leave) => leave !== undefined)).toHaveLength(
          Math.min(most, 2 * Math.ceil(most / 2)),
        );
      }),
    );
  });

  it('are left to others by who asks much, however much that is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 200 }), fc.integer({ min: 1, max: 20 }), (most, loud) => {
        const places = createPlaces(most);
        for (let round = 0; round < most; round += 1)
          for (let nth = 0; nth < loud; nth += 1)
            places.take({ channel: `${nth % 2}`, person: `loud ${nth}` });
        // Only where each place is held by a person of its own is none left.
        const isFull = loud >= most;
        if (!isFull) expect(places.take({ channel: 'quiet', person: 'quiet' })).toBeDefined();
      }),
    );
  });

  it('are not refused to a first question in a channel in which another person asks a hundred', () => {
    const places = createPlaces(200);
    for (let nth = 0; nth < 100; nth += 1) places.take({ channel: 'A', person: 'loud' });
    expect(places.take({ channel: 'A', person: 'loud' })).toBeUndefined();
    expect(places.take({ channel: 'A', person: 'quiet' })).toBeDefined();
  });
});
