import { describe, expect, it } from 'vitest';
import { writeMoment } from '../../../src/core/time/moments.ts';
import { checkWindow, resolveWindow } from '../../../src/core/time/resolve-window.ts';
import type { WindowWords } from '../../../src/core/time/window.ts';

const NOW = new Date('2026-11-23T14:05:30.700Z');

function resolved(words: WindowWords, zone: string, now = NOW): string {
  const { from, to } = resolveWindow(words, now, zone);
  return `${writeMoment(from)} ${writeMoment(to)}`;
}

describe('a window', () => {
  it.each<readonly [string, WindowWords, string, string]>([
    [
      'last 1h',
      { kind: 'last', duration: { amount: 1, unit: 'h' } },
      'UTC',
      '2026-11-23T13:05Z 2026-11-23T14:05Z',
    ],
    [
      'since',
      { kind: 'since', from: new Date('2026-11-23T10:00Z') },
      'UTC',
      '2026-11-23T10:00Z 2026-11-23T14:05Z',
    ],
    [
      'last 30s',
      { kind: 'last', duration: { amount: 30, unit: 's' } },
      'UTC',
      '2026-11-23T14:05Z 2026-11-23T14:05:30Z',
    ],
    [
      'since a moment ago',
      { kind: 'since', from: new Date('2026-11-23T14:05:10Z') },
      'UTC',
      '2026-11-23T14:05:10Z 2026-11-23T14:05:30Z',
    ],
    [
      'between',
      { kind: 'between', from: new Date('2026-11-23T10:00Z'), to: new Date('2026-11-23T11:00Z') },
      'UTC',
      '2026-11-23T10:00Z 2026-11-23T11:00Z',
    ],
    [
      'around',
      { kind: 'around', at: new Date('2026-11-23T10:00Z'), duration: { amount: 30, unit: 'm' } },
      'UTC',
      '2026-11-23T09:30Z 2026-11-23T10:30Z',
    ],
    ['today', { kind: 'today' }, 'Europe/Berlin', '2026-11-22T23:00Z 2026-11-23T14:05Z'],
    ['today', { kind: 'today' }, 'Asia/Tokyo', '2026-11-22T15:00Z 2026-11-23T14:05Z'],
    ['yesterday', { kind: 'yesterday' }, 'America/New_York', '2026-11-22T05:00Z 2026-11-23T05:00Z'],
    ['on', { kind: 'on', date: '2026-11-20' }, 'Europe/Berlin', '2026-11-19T23:00Z 2026-11-20T23:00Z'],
    ['on today', { kind: 'on', date: '2026-11-23' }, 'Europe/Berlin', '2026-11-22T23:00Z 2026-11-23T14:05Z'],
  ])(
    'of the words %s ends with the last whole minute at the latest, or the last second where it is shorter',
    (_, words, zone, window) => {
      expect(resolved(words, zone)).toBe(window);
    },
  );

  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Tokyo', '2026-03-29', 24],
    ['Africa/Cairo', '2026-04-24', 23],
  ])('of a day in %s is %s of %d hours', (zone, date, hours) => {
    const { from, to } = resolveWindow({ kind: 'on', date }, NOW, zone);
    expect((to.getTime() - from.getTime()) / 3_600_000).toBe(hours);
  });

  it('of yesterday ends where today begins, also when the clocks change', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo']) {
      for (let day = 0; day < 366; day++) {
        const now = new Date(Date.UTC(2026, 0, 1 + day, 12));
        const yesterday = resolveWindow({ kind: 'yesterday' }, now, zone);
        expect(yesterday.to).toEqual(resolveWindow({ kind: 'today' }, now, zone).from);
      }
    }
  });
});

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

it('a window that would end in the future ends now, with a note', () => {
  const words = { kind: 'between', from: at('23T13:00'), to: at('23T15:00') } as const;
  expect(checkWindow(words, CLOCK, DAY)).toEqual({
    value: { from: at('23T13:00'), to: CLOCK.now },
    note: 'The window ends now: 2026-11-23T15:00Z has not come yet',
  });
});

it('the window `today`, which always ends now, has no note', () => {
  expect(checkWindow({ kind: 'today' }, CLOCK, DAY)).not.toHaveProperty('note');
});

it('the window `today` is refused at midnight', () => {
  const clock = { now: at('23T23:00'), zone: 'Europe/Berlin' };
  expect(checkWindow({ kind: 'today' }, clock, DAY)).toEqual({
    problem: 'has no length',
    instead: 'yesterday',
  });
});
