import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../../src/slack/api/people.ts';
import { type Admitted, admit, teamsNamed } from '../../../src/slack/question/admission.ts';

const MEMBER: Person = { zone: 'UTC', isGuest: false, teams: ['T1'] };
const quiet = { info() {}, warn() {}, error() {} };

function admitting(
  person: Person | undefined,
  admitted: Admitted = { teams: [], guests: false },
  teams = ['T1'],
) {
  const parts = { personOf: async () => person, ownTeam: () => 'T1', admitted, log: quiet };
  return admit({ person: 'U012', teams }, parts);
}

const problem = async (answer: ReturnType<typeof admit>) => {
  const found = await answer;
  return 'problem' in found ? found.problem : 'welcome';
};

describe('who may ask', () => {
  it('is a member, whom everyone means', async () => {
    expect(await admitting(MEMBER)).toEqual({ zone: 'UTC', isOutsider: false });
  });

  it.each([
    ['a guest', { ...MEMBER, isGuest: true }, ['T1'], 'a guest'],
    ['a person of another workspace', { ...MEMBER, teams: ['T2'] }, ['T1'], 'another one'],
    ['a person whose message came from another workspace', MEMBER, ['T1', 'T2'], 'another one'],
    ['a person whom Slack does not identify', undefined, ['T1'], 'who you are'],
    ['a person of no workspace', { ...MEMBER, teams: [] }, ['T1'], 'another one'],
  ])('is not %s', async (_who, person, teams, why) => {
    expect(await problem(admitting(person, undefined, teams))).toContain(why);
  });

  it.each([
    ['a guest', { ...MEMBER, isGuest: true }, { teams: [], guests: true }, ['T1']],
    ['another workspace', { ...MEMBER, teams: ['T2'] }, { teams: ['T2'], guests: false }, ['T1', 'T2']],
    ['an organisation', { ...MEMBER, teams: ['T2', 'E1'] }, { teams: ['E1'], guests: false }, ['T2']],
  ])('is %s where that is configured, and never meant by everyone', async (_who, person, admitted, teams) => {
    expect(await admitting(person, admitted, teams)).toEqual({ zone: 'UTC', isOutsider: true });
  });

  it('is not a guest of a workspace that is admitted, nor a person of a third one', async () => {
    const guest = { ...MEMBER, teams: ['T2'], isGuest: true };
    expect(await problem(admitting(guest, { teams: ['T2'], guests: false }))).toContain('a guest');
    expect(await problem(admitting(MEMBER, { teams: ['E1'], guests: true }, ['T3']))).toBe('welcome');
    const third = { ...MEMBER, teams: ['T3', 'E2'] };
    expect(await problem(admitting(third, { teams: ['E1'], guests: true }, ['T3']))).toContain('another one');
  });

  it('is never a person without an id of Slack, whatever else is said', async () => {
    const parts = {
      personOf: async () => MEMBER,
      ownTeam: () => 'T1',
      admitted: { teams: [], guests: true },
      log: quiet,
    };
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.constantFrom('terminal', '', 'B012', 'u012', 'U')),
        async (person) => {
          const isPerson = /^[UW][A-Z0-9]{2,}$/.test(person);
          expect((await problem(admit({ person, teams: ['T1'] }, parts))) === 'welcome').toBe(isPerson);
        },
      ),
    );
  });
});

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
])('admission finds the workspaces that %s names', (_what, payload, teams) => {
  expect(teamsNamed(payload)).toEqual(teams);
});

it('admission reads whatever it is given', () => {
  fc.assert(
    fc.property(fc.anything(), (payload) => {
      expect(teamsNamed(payload).every((team) => typeof team === 'string')).toBe(true);
    }),
  );
});
