import { describe, expect, it } from 'vitest';
import { readRequest } from '../../../src/core/operation/request.ts';
import { A_CONTEXT, CATALOG } from './a-catalog.ts';
import { asked } from './asked.ts';

describe('a line', () => {
  it('becomes a question with values, window, zone and its canonical form', () => {
    expect(asked('TO 10.0.1.5 port=https proto=6 action=deny last 30 minutes')).toEqual({
      query: CATALOG[0],
      args: {
        addr: { family: 4, text: '10.0.1.5', single: true },
        port: { from: 443, to: 443 },
        proto: 6,
        action: 'REJECT',
      },
      words: { kind: 'last', duration: { amount: 30, unit: 'm' } },
      window: { from: new Date('2026-11-23T13:35:00Z'), to: new Date('2026-11-23T14:05:00Z') },
      zone: 'Europe/Berlin',
      line: 'to 10.0.1.5 port=443 proto=tcp action=reject last 30m',
      notes: [],
      catalog: CATALOG,
    });
  });

  it.each([
    ['to 10.0.1.5', 'to 10.0.1.5 last 1h'],
    ['  to   10.0.1.5  ', 'to 10.0.1.5 last 1h'],
    ['/flowlog to 10.0.1.5', 'to 10.0.1.5 last 1h'],
    ['last 2h to 10.0.1.5', 'to 10.0.1.5 last 2h'],
    ['to last 2h 10.0.1.5 port=22', 'to 10.0.1.5 port=22 last 2h'],
    ['to port=22 10.0.1.5', 'to 10.0.1.5 port=22 last 1h'],
    ['to addr=10.0.1.5', 'to 10.0.1.5 last 1h'],
    ['between b=10.0.0.2 10.0.0.1', 'between 10.0.0.1 10.0.0.2 last 1h'],
    ['to 10.0.1.5 --port 443', 'to 10.0.1.5 port=443 last 1h'],
    ['to 10.0.1.5 --port=443', 'to 10.0.1.5 port=443 last 1h'],
    ['to 10.0.1.5 port 443', 'to 10.0.1.5 port=443 last 1h'],
    ['to 10.0.1.5 port= 443', 'to 10.0.1.5 port=443 last 1h'],
    ['to 10.0.1.5 on port 443', 'to 10.0.1.5 port=443 last 1h'],
    ['to 10.0.1.5 PORT=443', 'to 10.0.1.5 port=443 last 1h'],
    ['records top=100', 'records last 1h'],
    ['records direction=in top=5', 'records direction=ingress top=5 last 1h'],
    ['records port=443', 'records port=443 last 1h'],
    ['records 10.0.1.5 443', 'records 10.0.1.5 443 last 1h'],
    ['to 10.0.1.5 --last 2h', 'to 10.0.1.5 last 2h'],
    ['to 10.0.1.5 last=2h', 'to 10.0.1.5 last 2h'],
    ['to 10.0.1.5 in the last hour', 'to 10.0.1.5 last 1h'],
    ['to 10.0.1.5 past 30 minutes', 'to 10.0.1.5 last 30m'],
    ['to 10.0.1.5 today', 'to 10.0.1.5 today'],
    ['to 10.0.1.5 Yesterday', 'to 10.0.1.5 yesterday'],
    ['to 10.0.1.5 on yesterday', 'to 10.0.1.5 yesterday'],
    ['to 10.0.1.5 on 2026-11-22', 'to 10.0.1.5 on 2026-11-22'],
    ['to 10.0.1.5 since 14:05', 'to 10.0.1.5 since 2026-11-23T13:05Z'],
    ['to 10.0.1.5 since=14:05', 'to 10.0.1.5 since 2026-11-23T13:05Z'],
    ['to 10.0.1.5 since 2026-11-22 14:05 port=22', 'to 10.0.1.5 port=22 since 2026-11-22T13:05Z'],
    ['to 10.0.1.5 since "2026-11-22 14:05"', 'to 10.0.1.5 since 2026-11-22T13:05Z'],
    ['to 10.0.1.5 since 13:00 until 14:05', 'to 10.0.1.5 since 2026-11-23T12:00Z until 2026-11-23T13:05Z'],
    ['to 10.0.1.5 since 23:50 until 00:10', 'to 10.0.1.5 since 2026-11-22T22:50Z until 2026-11-22T23:10Z'],
    ['to 10.0.1.5 around 14:05', 'to 10.0.1.5 around 2026-11-23T13:05Z 15m'],
    ['to 10.0.1.5 around 14:05 30m', 'to 10.0.1.5 around 2026-11-23T13:05Z 30m'],
    ['to 10.0.1.5 around 2026-11-22 14:05 1 hour', 'to 10.0.1.5 around 2026-11-22T13:05Z 1h'],
  ])('%s reads as %s', (line, canonical) => {
    expect(asked(line).line).toBe(canonical);
  });

  it('says what it read otherwise than typed', () => {
    const { line, notes } = asked('between 10.1.2.3/8 ::ffff:10.0.0.1 since 14:00 until 16:00');
    expect(line).toBe('between 10.0.0.0/8 10.0.0.1 since 2026-11-23T13:00Z until 2026-11-23T15:00Z');
    expect(notes).toEqual([
      '10.1.2.3/8 was read as 10.0.0.0/8',
      '::ffff:10.0.0.1 was read as 10.0.0.1',
      'The window ends now: 2026-11-23T15:00Z has not come yet',
    ]);
  });

  it('asks for less than an hour where no more may be asked for', () => {
    expect(asked('to 10.0.1.5', { ...A_CONTEXT, longestWindowSeconds: 600 }).line).toBe(
      'to 10.0.1.5 last 10m',
    );
  });

  it('is read in UTC when the zone is not known', () => {
    const { zone, line } = asked('to 10.0.1.5 since 13:05', { ...A_CONTEXT, zone: 'Mars/Olympus' });
    expect([zone, line]).toEqual(['UTC', 'to 10.0.1.5 since 2026-11-23T13:05Z']);
  });

  it('keeps quoted words out of the grammar', () => {
    expect(asked('tagged "last" \'a b\' "to=1"').args).toEqual({
      first: 'last',
      second: 'a b',
      third: 'to=1',
      note: 'none',
    });
  });
});

describe('a line that asks for help', () => {
  it.each(['', '   ', 'help', 'HELP', '?', '--help', '-h', '\u200b'])('%j is about everything', (line) => {
    expect(readRequest(line, A_CONTEXT)).toEqual({ help: 'all' });
  });

  it.each(['help to', 'to help', 'to ?', 'to --help', 'help to 10.0.1.5', 'Help TO', 'to 10.0.1.5 ?'])(
    '%s is about that query',
    (line) => {
      expect(readRequest(line, A_CONTEXT)).toEqual({ help: CATALOG[0] });
    },
  );

  it('is about the query that a phrase means', () => {
    expect(readRequest('help talkers', A_CONTEXT)).toMatchObject({ help: { name: 'top-talkers' } });
  });
});
