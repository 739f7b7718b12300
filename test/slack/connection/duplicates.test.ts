import { describe, expect, it } from 'vitest';
import { createSeenOnce, requestId } from '../../../src/slack/connection/duplicates.ts';

const QUARTER_MS = 15 * 60_000;

describe('what was seen', () => {
  it('is known for a quarter of an hour', () => {
    let nowMs = 0;
    const seen = createSeenOnce(() => new Date(nowMs));
    expect([seen.isNew('a'), seen.isNew('a'), seen.isNew('b')]).toEqual([true, false, true]);
    nowMs = QUARTER_MS + 1;
    expect(seen.isNew('a')).toBe(true);
  });

  it('does not grow without end', () => {
    const seen = createSeenOnce(() => new Date(0));
    for (let index = 0; index <= 20_000; index += 1) seen.isNew(`key ${index}`);
    expect(seen.isNew('key 20000')).toBe(false);
    expect(seen.isNew('key 0')).toBe(true);
  });
});

describe('the identity of a request', () => {
  it('is the same for the same request, and shows nothing of a trigger', () => {
    expect(requestId('command', '12.34.secret')).toBe(requestId('command', '12.34.secret'));
    expect(requestId('command', '12.34.secret')).not.toContain('secret');
    expect(requestId('click', 'a', 'bc')).not.toBe(requestId('click', 'ab', 'c'));
  });
});
