import { expect, it } from 'vitest';
import { checkWindow } from '../../../src/core/time/resolve-window.ts';
import type { WindowWords } from '../../../src/core/time/window.ts';

const CLOCK = { now: new Date('2026-11-23T14:05:00Z'), zone: 'Europe/Berlin' };
const DAY = 86_400;

function at(time: string): Date {
  return new Date(`2026-11-${time}Z`);
}

it.each<readonly [WindowWords, number, string, string]>([
  [{ kind: 'since', from: at('24T10:00') }, 7 * DAY, 'is in the future', 'last 1h'],
  [{ kind: 'on', date: '2026-11-25' }, 7 * DAY, 'is in the future', 'last 1h'],
  [{ kind: 'between', from: at('23T15:00'), to: at('23T16:00') }, 7 * DAY, 'is in the future', 'last 1h'],
  [
    { kind: 'between', from: at('23T12:00'), to: at('23T11:00') },
    7 * DAY,
    'ends before it begins',
    'since 2026-11-23T11:00Z until 2026-11-23T12:00Z',
  ],
  [
    { kind: 'between', from: at('23T12:00'), to: at('23T12:00') },
    7 * DAY,
    'has no length',
    'around 2026-11-23T12:00Z 15m',
  ],
  [{ kind: 'since', from: CLOCK.now }, 7 * DAY, 'has no length', 'last 1h'],
  [
    { kind: 'last', duration: { amount: 8, unit: 'd' } },
    7 * DAY,
    'is longer than 7d, the longest window',
    'last 7d',
  ],
  [{ kind: 'since', from: at('01T00:00') }, 7 * DAY, 'is longer than 7d, the longest window', 'last 7d'],
  [
    { kind: 'between', from: at('01T00:00'), to: at('20T00:00') },
    7 * DAY,
    'is longer than 7d, the longest window',
    'since 2026-11-13T00:00Z until 2026-11-20T00:00Z',
  ],
  [
    { kind: 'around', at: at('10T00:00'), duration: { amount: 4, unit: 'd' } },
    7 * DAY,
    'is longer than 7d, the longest window',
    'around 2026-11-10T00:00Z 84h',
  ],
  [
    { kind: 'yesterday' },
    DAY / 2,
    'is longer than 12h, the longest window',
    'since 2026-11-21T23:00Z until 2026-11-22T11:00Z',
  ],
  [{ kind: 'today' }, DAY / 2, 'is longer than 12h, the longest window', 'last 12h'],
])('%#: a window that makes no sense is refused with one that does', (words, longest, problem, instead) => {
  expect(checkWindow(words, CLOCK, longest)).toEqual({ problem, instead });
});

it('ends a window now that was to end later, and says so', () => {
  const words = { kind: 'between', from: at('23T13:00'), to: at('23T15:00') } as const;
  expect(checkWindow(words, CLOCK, DAY)).toEqual({
    value: { from: at('23T13:00'), to: CLOCK.now },
    note: 'The window ends now: 2026-11-23T15:00Z has not come yet',
  });
});

it('says nothing of today, which always ends now', () => {
  expect(checkWindow({ kind: 'today' }, CLOCK, DAY)).not.toHaveProperty('note');
});

it('has no today to show at midnight', () => {
  const clock = { now: at('23T23:00'), zone: 'Europe/Berlin' };
  expect(checkWindow({ kind: 'today' }, clock, DAY)).toEqual({
    problem: 'has no length',
    instead: 'yesterday',
  });
});
