import fc from 'fast-check';
import { expect, it } from 'vitest';
import { teamsNamed } from '../../../src/slack/question/admission.ts';

it.each([
  ['a command', { team_id: 'T1', user_id: 'U1' }, ['T1']],
  ['an event', { team_id: 'T1', context_team_id: 'T1', event: { user: 'U1', team: 'T1' } }, ['T1']],
  [
    'an event of a shared channel',
    { team_id: 'T1', event: { user: 'U1', team: 'T1', user_team: 'T2', source_team: 'T3' } },
    ['T1', 'T2', 'T3'],
  ],
  [
    'an event that came by another workspace',
    { team_id: 'T2', context_team_id: 'T1', event: {} },
    ['T2', 'T1'],
  ],
  ['a click', { team: { id: 'T1' }, user: { id: 'U1', team_id: 'T2' } }, ['T1', 'T2']],
  ['a click in an organisation', { team: null, user: { id: 'U1', team_id: 'T1' } }, ['T1']],
  ['an event whose channel is an object', { team_id: 'T1', team: 5, event: { team: { id: 'T4' } } }, ['T1']],
])('finds the workspaces that %s names', (_what, payload, teams) => {
  expect(teamsNamed(payload)).toEqual(teams);
});

it('reads whatever it is given', () => {
  fc.assert(
    fc.property(fc.anything(), (payload) => {
      expect(teamsNamed(payload).every((team) => typeof team === 'string')).toBe(true);
    }),
  );
});
