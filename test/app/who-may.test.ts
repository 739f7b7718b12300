import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config.ts';
import { whoMay } from '../../src/app/who-may.ts';

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const ruling = (environment: Readonly<Record<string, string>>) => whoMay(readConfig(environment));
const PEOPLE = [
  { person: 'terminal' },
  { person: 'U0OPS' },
  { person: 'U0ANA' },
  { person: 'U0GUEST', isOutsider: true },
] as const;

describe('the text that says who may do something', () => {
  it.each([
    ['without Slack', {}, [true, true, true, true], [true, true, true, true]],
    ['in Slack, as it comes', SLACK, [true, false, false, false], [true, true, true, false]],
    [
      'with operators',
      { ...SLACK, FLOWLOG_OPERATORS: 'U0OPS', FLOWLOG_SPENDERS: 'operators' },
      [true, true, false, false],
      [true, true, false, false],
    ],
    [
      'with everyone',
      { ...SLACK, FLOWLOG_OPERATORS: 'everyone', FLOWLOG_SPENDERS: 'U0ANA' },
      [true, true, true, false],
      [true, false, true, false],
    ],
    [
      'with a guest by name',
      { ...SLACK, FLOWLOG_OPERATORS: 'U0GUEST', FLOWLOG_SPENDERS: 'everyone, U0GUEST' },
      [true, false, false, true],
      [true, true, true, true],
    ],
    [
      'without configured operators',
      { ...SLACK, FLOWLOG_SPENDERS: 'operators' },
      [true, false, false, false],
      [true, false, false, false],
    ],
  ])('change something, or raise a limit, %s', (_where, environment, change, raise) => {
    const { mayChange, mayRaise } = ruling(environment);
    expect(PEOPLE.map((who) => mayChange(who))).toEqual(change);
    expect(PEOPLE.map((who) => mayRaise(who))).toEqual(raise);
  });

  it('is shown to those who may not', () => {
    const named = ruling({ ...SLACK, FLOWLOG_OPERATORS: 'U0OPS', FLOWLOG_SPENDERS: 'operators,U0ANA' });
    expect(named.whoMayRaise).toBe('Ask one of U0OPS, U0ANA to say that it may cost that much');
    const unnamed = ruling({ ...SLACK, FLOWLOG_SPENDERS: 'operators' });
    expect(unnamed.whoMayRaise).toContain('`FLOWLOG_SPENDERS`');
  });
});
