import { expect, it } from 'vitest';
import { showMoment, showWindow } from '../../../src/core/time/show-time.ts';

it.each([
  [
    '2026-11-22T13:05Z',
    '2026-11-22T14:05Z',
    'Europe/Berlin',
    '22 Nov 2026 14:05–15:05 CET (13:05–14:05 UTC)',
  ],
  ['2026-11-22T13:05Z', '2026-11-22T14:05Z', 'UTC', '22 Nov 2026 13:05–14:05 UTC'],
  ['2026-11-22T13:05Z', '2026-11-22T14:05Z', 'Etc/UTC', '22 Nov 2026 13:05–14:05 UTC'],
  [
    '2026-11-22T13:05Z',
    '2026-11-22T14:05Z',
    'Asia/Kathmandu',
    '22 Nov 2026 18:50–19:50 UTC+5:45 (13:05–14:05 UTC)',
  ],
  [
    '2026-11-22T22:50Z',
    '2026-11-22T23:10Z',
    'Europe/Berlin',
    '22 Nov 2026 23:50 – 23 Nov 2026 00:10 CET (22 Nov 2026 22:50–23:10 UTC)',
  ],
  [
    '2026-11-22T23:10Z',
    '2026-11-22T23:40Z',
    'Europe/Berlin',
    '23 Nov 2026 00:10–00:40 CET (22 Nov 2026 23:10–23:40 UTC)',
  ],
  [
    '2026-11-22T00:00Z',
    '2026-11-23T00:00Z',
    'Asia/Tokyo',
    '22 Nov 2026 09:00 – 23 Nov 2026 09:00 JST (22 Nov 2026 00:00 – 23 Nov 2026 00:00 UTC)',
  ],
  [
    '2026-10-25T00:00Z',
    '2026-10-25T01:30Z',
    'Europe/Berlin',
    '25 Oct 2026 02:00 CEST–02:30 CET (00:00–01:30 UTC)',
  ],
  [
    '2026-12-31T22:00Z',
    '2026-12-31T23:30Z',
    'Europe/Berlin',
    '31 Dec 2026 23:00 – 1 Jan 2027 00:30 CET (31 Dec 2026 22:00–23:30 UTC)',
  ],
  [
    '2026-11-22T13:05:30Z',
    '2026-11-22T13:06:30Z',
    'America/New_York',
    '22 Nov 2026 08:05:30–08:06:30 EST (13:05:30–13:06:30 UTC)',
  ],
  [
    '2026-11-22T13:05:30Z',
    '2026-11-22T14:05:30Z',
    'America/New_York',
    '22 Nov 2026 08:05–09:05 EST (13:05–14:05 UTC)',
  ],
])('from %s to %s in %s is shown as %s', (from, to, zone, shown) => {
  expect(showWindow({ from: new Date(from), to: new Date(to) }, zone)).toBe(shown);
});

it.each([
  ['2026-11-22T13:05:00Z', 'Europe/Berlin', '22 Nov 2026 14:05 CET (13:05 UTC)'],
  ['2026-11-22T13:05:07Z', 'UTC', '22 Nov 2026 13:05:07 UTC'],
  ['2026-11-22T23:30:00Z', 'Europe/Berlin', '23 Nov 2026 00:30 CET (22 Nov 2026 23:30 UTC)'],
  ['2026-11-22T13:05:00Z', 'Australia/Lord_Howe', '23 Nov 2026 00:05 LHDT (22 Nov 2026 13:05 UTC)'],
])('%s in %s is shown as %s', (instant, zone, shown) => {
  expect(showMoment(new Date(instant), zone)).toBe(shown);
});
