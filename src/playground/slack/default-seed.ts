import type { PlaygroundSeed } from './options.ts';

/** Acme: one channel with the app, one without, one it cannot see, and an archived one; three people in three time zones. */
export const defaultSeed: PlaygroundSeed = {
  team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
  people: [
    { id: 'U0ANA', name: 'ana', realName: 'Ana Weber', tz: 'Europe/Berlin' },
    { id: 'U0BEN', name: 'ben', realName: 'Ben Carter', tz: 'America/New_York' },
    { id: 'U0KENJI', name: 'kenji', realName: 'Kenji Sato', tz: 'Asia/Tokyo' },
  ],
  channels: [
    { id: 'C0INCIDENT', name: 'incident-42', kind: 'public', botIsMember: true },
    { id: 'C0GENERAL', name: 'general', kind: 'public', botIsMember: false },
    { id: 'G0SECRET', name: 'secret', kind: 'private', botIsMember: false, members: ['ana', 'ben'] },
    { id: 'C0ARCHIVE', name: 'incident-41', kind: 'public', botIsMember: true, archived: true },
  ],
};
