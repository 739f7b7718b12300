import { describe, expect, it } from 'vitest';
import { createPersonOf } from '../../../src/slack/api/people.ts';
import { givenClock, givenPlayground } from '../../playground/slack/given.ts';
import { clientOf } from '../../playground/slack/tiny-app.ts';

const HOUR_MS = 60 * 60_000;
const ERROR = { kind: 'error', error: 'internal_error' } as const;

async function given() {
  const playground = await givenPlayground();
  const clock = givenClock();
  const lookups = () => playground.calls.filter(({ method }) => method === 'users.info').length;
  const logged: unknown[] = [];
  const log = { warn: (fields: unknown) => void logged.push(fields) };
  return {
    playground,
    clock,
    lookups,
    logged,
    personOf: createPersonOf(clientOf(playground), clock.now, log),
  };
}

const ANA = { zone: 'Europe/Berlin', isGuest: false, teams: ['T0ACME'] };

describe('people', () => {
  it('are looked up once an hour, and again at once when Slack did not say', async () => {
    const { playground, clock, lookups, personOf } = await given();
    playground.faults.next('users.info', ERROR);
    expect([await personOf('U0ANA'), await personOf('U0ANA')]).toEqual([ANA, ANA]);
    expect(lookups()).toBe(2);
    clock.advance(HOUR_MS);
    await personOf('U0ANA');
    expect(lookups()).toBe(3);
  });

  it('are looked up once for lines that come together', async () => {
    const { lookups, personOf } = await given();
    const found = await Promise.all([personOf('U0ANA'), personOf('U0ANA'), personOf('U0ANA')]);
    expect(found).toEqual([ANA, ANA, ANA]);
    expect(lookups()).toBe(1);
  });

  it('are taken for what they were for a day while Slack does not answer, and are unknown after that', async () => {
    const { playground, clock, personOf } = await given();
    await personOf('U0ANA');
    playground.faults.next('users.info', ERROR, 20);
    clock.advance(23 * HOUR_MS);
    expect(await personOf('U0ANA')).toEqual(ANA);
    clock.advance(HOUR_MS);
    expect(await personOf('U0ANA')).toBeUndefined();
    expect(await personOf('U0BEN')).toBeUndefined();
  });

  it('whom Slack does not know are unknown, and the log says what Slack said', async () => {
    const { personOf, logged } = await given();
    expect(await personOf('U0NOBODY')).toBeUndefined();
    expect(logged).toMatchObject([{ code: 'user_not_found' }, { code: 'user_not_found' }]);
  });
});
