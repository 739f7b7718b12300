import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMoment, writeMoment } from '../../../src/core/time/moments.ts';

const CLOCK = { now: new Date('2026-11-23T14:05:30.700Z'), zone: 'Europe/Berlin' };

function read(word: string, now = CLOCK.now.toISOString(), zone = CLOCK.zone, after?: string): string {
  const reading = parseMoment(
    word,
    { now: new Date(now), zone },
    after === undefined ? undefined : new Date(after),
  );
  return 'value' in reading ? writeMoment(reading.value) : reading.problem;
}

describe('a moment', () => {
  it.each([
    ['14:05', '2026-11-23T13:05Z'],
    ['9:05', '2026-11-23T08:05Z'],
    ['14:05:30', '2026-11-23T13:05:30Z'],
    ['14:05Z', '2026-11-23T14:05Z'],
    ['14:05 UTC', '2026-11-23T14:05Z'],
    ['14:06Z', '2026-11-22T14:06Z'],
    ['14:05+09:00', '2026-11-23T05:05Z'],
    ['23:00+0900', '2026-11-23T14:00Z'],
    ['2026-11-22T14:05+09:00', '2026-11-22T05:05Z'],
    ['2026-11-22T14:05-03:30', '2026-11-22T17:35Z'],
    ['2026-11-22T14:05', '2026-11-22T13:05Z'],
    ['2026-11-22 14:05', '2026-11-22T13:05Z'],
    ['2026-11-22 14:05 utc', '2026-11-22T14:05Z'],
    ['2026-11-22t14:05:30.123Z', '2026-11-22T14:05:30Z'],
    ['2026-11-22', '2026-11-21T23:00Z'],
    ['today', '2026-11-22T23:00Z'],
    ['yesterday 14:05', '2026-11-22T13:05Z'],
    ['1795442730', '2026-11-23T14:05:30Z'],
    ['1795442730999', '2026-11-23T14:05:30Z'],
    ['now', '2026-11-23T14:05:30Z'],
  ])('%s is %s', (word, instant) => {
    expect(read(word)).toBe(instant);
  });

  it.each([
    ['25:00', 'is not a time of day from 00:00 to 23:59'],
    ['14:60', 'is not a time of day from 00:00 to 23:59'],
    ['14:05+99:00', 'has an offset that no place on earth has'],
    ['2026-02-30', 'is not a day of the calendar'],
    ['2026-13-01T10:00Z', 'is not a day of the calendar'],
    ['99999-01-01', 'has a year that is far too late'],
    ['26-1-1', 'is not a date like 2026-11-22'],
    ['1999-01-01', 'is before there were flow logs'],
    ['1000000000', 'is before there were flow logs'],
    ['12345', 'is not a time'],
    ['2026-11-22T', 'is not a time'],
    ['Z', 'is not a time'],
    ['', 'is not a time'],
    ['noon', 'is not a time'],
  ])('%s %s', (word, problem) => {
    expect(read(word)).toBe(problem);
  });

  it('is the latest time of day that is not in the future', () => {
    expect(read('23:50', '2026-11-23T00:10:00Z', 'UTC')).toBe('2026-11-22T23:50Z');
    expect(read('00:10', '2026-11-23T00:10:00Z', 'UTC')).toBe('2026-11-23T00:10Z');
  });

  it.each([
    ['00:10', '2026-11-23T00:30:00Z', '2026-11-22T23:50:00Z', '2026-11-23T00:10Z', 'past midnight'],
    ['15:00', '2026-11-23T14:00:00Z', '2026-11-23T13:00:00Z', '2026-11-23T15:00Z', 'still to come today'],
    [
      '14:00',
      '2026-11-23T16:00:00Z',
      '2026-11-23T15:00:00Z',
      '2026-11-23T14:00Z',
      'a slip: tomorrow has not come',
    ],
    [
      '14:00',
      '2026-11-23T14:05:00Z',
      '2026-11-22T15:00:00Z',
      '2026-11-22T14:00Z',
      'a slip: most of a day away',
    ],
    ['09:00', '2026-11-23T14:05:00Z', '2026-11-22T20:00:00Z', '2026-11-23T09:00Z', 'over night'],
  ])('after a beginning %s, asked at %s, since %s, is %s: %s', (word, now, since, instant) => {
    expect(read(word, now, 'UTC', since)).toBe(instant);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30Z', 'is skipped: 03:30 in summer time'],
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30Z', 'happens twice: the earlier one'],
    ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00Z', 'is the first after the repeated hour'],
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30Z', 'is skipped: 03:30 in summer time'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30Z', 'happens twice: the earlier one'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45Z', 'is skipped: half an hour later'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45Z', 'happens twice: the earlier one'],
    ['Asia/Tokyo', '2026-03-29T02:30', '2026-03-28T17:30Z', 'is an ordinary time'],
    ['Asia/Kathmandu', '2026-11-22T12:00', '2026-11-22T06:15Z', 'is an ordinary time'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00Z', 'has its midnight skipped: the day begins at one'],
  ])('in %s %s is %s, as it %s', (zone, word, instant) => {
    expect(read(word, '2026-12-01T00:00:00Z', zone)).toBe(instant);
  });

  it('is written and read back to the second', () => {
    const seconds = fc.integer({ min: 1_420_070_400, max: 4_102_444_800 });
    fc.assert(
      fc.property(seconds, (second) => {
        const value = new Date(second * 1000);
        expect(parseMoment(writeMoment(value), CLOCK)).toEqual({ value });
      }),
    );
  });

  it('is refused with a moment that is understood', () => {
    const likely = fc.string({ unit: fc.constantFrom(...'0123456789:-+tz ') });
    fc.assert(
      fc.property(likely, (word) => {
        const reading = parseMoment(word, CLOCK);
        if ('problem' in reading) expect(parseMoment(reading.instead, CLOCK)).toHaveProperty('value');
        else expect(reading.value.getTime() % 1000).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });
});
