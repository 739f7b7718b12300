import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMoment, writeMoment } from '../../../src/core/time/moments.ts';
import { ENTRIES } from '../../support/given-sample.ts';
import { A_CONTEXT } from '../line/a-catalog.ts';
import { asked, mistaken } from '../line/asked.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const NOW = new Date('2027-01-05T12:00:00Z');
const ZONES = [
  ...[
    'Europe/Berlin',
    'Europe/London',
    'America/New_York',
    'America/St_Johns',
    'America/Havana',
    'America/Santiago',
  ],
  ...[
    'Australia/Lord_Howe',
    'Australia/Sydney',
    'Pacific/Chatham',
    'Africa/Cairo',
    'Asia/Beirut',
    'Asia/Jerusalem',
  ],
  ...['Atlantic/Azores', 'Africa/Casablanca', 'Antarctica/Troll', 'Asia/Tokyo', 'America/Sao_Paulo', 'UTC'],
];

/** What a clock in a zone shows, by the platform's own tables: `2026-10-25 02:45`. */
function clockOf(zone: string): (instantMs: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instantMs) => format.format(instantMs).replace(', ', ' ');
}

/** The instants of 2026 at which the clock of a zone jumps, to the quarter of an hour. */
function changesOf(zone: string): readonly number[] {
  const shows = clockOf(zone);
  const wallMs = (ms: number) => Date.parse(`${shows(ms).replace(' ', 'T')}Z`);
  const step = 6 * HOUR_MS;
  const found: number[] = [];
  for (let ms = Date.parse('2026-01-01T00:00Z'); ms < Date.parse('2027-01-01T00:00Z'); ms += step) {
    if (wallMs(ms + step) - wallMs(ms) === step) continue;
    let at = ms;
    while (wallMs(at + 15 * MINUTE_MS) - wallMs(at) === 15 * MINUTE_MS) at += 15 * MINUTE_MS;
    found.push(at + 15 * MINUTE_MS);
  }
  return found;
}

const CHANGES = ZONES.flatMap((zone) => changesOf(zone).map((changeMs) => ({ zone, changeMs })));

describe('a time of a day on which clocks change', () => {
  it('is tried in every zone that has such days, at both changes of the year', () => {
    expect(CHANGES.length).toBeGreaterThanOrEqual(2 * (ZONES.length - 3));
  });

  const near = fc.record({
    change: fc.constantFrom(...CHANGES),
    minutes: fc.integer({ min: -200, max: 200 }),
    shift: fc.constantFrom(0, 30, 60, 120, -30, -60),
  });

  it('is read as an instant that the clock shows then, and says so when it is not the only one', () => {
    fc.assert(
      fc.property(near, ({ change: { zone, changeMs }, minutes, shift }) => {
        const shows = clockOf(zone);
        // A time on the wall, whether the clock shows it or not: one that it does show, moved.
        const wall = new Date(
          Date.parse(`${shows(changeMs + minutes * MINUTE_MS).replace(' ', 'T')}Z`) + shift * MINUTE_MS,
        )
          .toISOString()
          .slice(0, 16)
          .replace('T', ' ');
        const instants: string[] = [];
        for (let at = changeMs - 600 * MINUTE_MS; at <= changeMs + 600 * MINUTE_MS; at += MINUTE_MS)
          if (shows(at) === wall) instants.push(writeMoment(new Date(at)));
        const reading = parseMoment(wall, { now: NOW, zone });
        if (!('value' in reading)) throw new Error(`${wall} in ${zone} ${reading.problem}`);
        const read = writeMoment(reading.value);
        if (instants.length === 0) {
          expect(reading.note).toMatch(/ does not exist on .*: read as .*; for .* type /);
          expect(Math.abs(reading.value.getTime() - changeMs)).toBeLessThanOrEqual(2 * HOUR_MS);
        } else {
          expect(instants).toContain(read);
          if (instants.length === 1) expect(reading.note).toBeUndefined();
          else expect(reading.note).toMatch(/ comes twice on .*: read as .*; for .* type /);
          for (const other of instants.filter((each) => each !== read))
            expect(reading.note).toContain(`type ${other}`);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is the same time of the other hour when it is typed as the note says', () => {
    for (const { zone, changeMs } of CHANGES) {
      const before = clockOf(zone)(changeMs - 20 * MINUTE_MS);
      const reading = parseMoment(before, { now: NOW, zone });
      const other = /type (\S+)$/.exec(('value' in reading && reading.note) || '')?.[1];
      if (other === undefined) continue;
      const again = parseMoment(other, { now: NOW, zone });
      expect(again).not.toHaveProperty('note');
      expect(clockOf(zone)('value' in again ? again.value.getTime() : 0)).toBe(before);
    }
  });
});

describe('a line with a time of such a day', () => {
  const autumn = { ...A_CONTEXT, now: new Date('2026-10-25T10:00:00Z') };
  const spring = { ...A_CONTEXT, now: new Date('2026-03-29T10:00:00Z') };

  it('says as which of two instants it was read', () => {
    expect(asked('rejected since 02:45', autumn)).toMatchObject({
      line: 'rejected since 2026-10-25T00:45Z',
      notes: [
        '02:45 comes twice on 2026-10-25 in Europe/Berlin, where the clocks change: read as 25 Oct 2026 02:45 CEST ' +
          '(00:45 UTC); for 25 Oct 2026 02:45 CET (01:45 UTC) type 2026-10-25T01:45Z',
      ],
    });
  });

  it('says as what it was read when there is no such time', () => {
    expect(asked('rejected around 2026-03-29 02:30', spring)).toMatchObject({
      line: 'rejected around 2026-03-29T01:30Z 15m',
      notes: [
        '02:30 does not exist on 2026-03-29 in Europe/Berlin, where the clocks change: read as 29 Mar 2026 03:30 CEST ' +
          '(01:30 UTC); for 29 Mar 2026 01:30 CET (00:30 UTC) type 2026-03-29T00:30Z',
      ],
    });
  });

  it('ends after it begins, where one of two instants does', () => {
    const { line, notes } = asked('rejected since 02:50 until 02:10', autumn);
    expect(line).toBe('rejected since 2026-10-25T00:50Z until 2026-10-25T01:10Z');
    expect(notes).toHaveLength(2);
  });

  it.each([
    'since 03:00',
    'since 01:59',
    'since 02:45Z',
    'since 2026-10-25T02:45+02:00',
    'on 2026-10-24',
    'today',
    'last 9h',
  ])('writes no note about %s, which is one window', (window) => {
    expect(asked(`rejected ${window}`, autumn).notes).toEqual([]);
  });

  it('is asked back for an operation, whose report has no notes, with the line that says which', () => {
    const { message, correctedLine } = mistaken('files since 02:45', { ...autumn, catalog: ENTRIES });
    expect(message).toMatch(/^02:45 comes twice on 2026-10-25 .* type 2026-10-25T01:45Z\.$/);
    expect(correctedLine).toBe('files since 2026-10-25T00:45Z');
  });

  it('says so too where it cannot be asked unchanged', () => {
    const { message, correctedLine } = mistaken('rejected until 02:45', autumn);
    expect(message).toContain('02:45 comes twice on 2026-10-25');
    expect(correctedLine).toBe('rejected since 2026-10-24T23:45Z until 2026-10-25T00:45Z');
  });
});
