import { describe, expect, it } from 'vitest';
import { placeOf, readPlace, writePlace } from '../../../src/slack/question/place.ts';

describe('a place', () => {
  const owner = { channel: 'C1', person: 'U1', responseUrl: { url: 'http://x', givenMs: 1 } };

  it.each([undefined, '1.2'])('with thread %s reads back as it was written', (threadTs) => {
    const place = { ...placeOf(owner, threadTs), statusTs: '3.4' };
    expect(readPlace(writePlace(place))).toEqual(place);
  });

  it.each([
    '',
    'terminal',
    '{"door":"playground"}',
    '{"door":"slack","kind":"thread","channel":"C1","person":"U1"}',
  ])('is not read from %s', (text) => expect(readPlace(text)).toBeUndefined());
});
