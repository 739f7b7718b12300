import type { PlaygroundState } from '../../../../src/playground/slack/protocol.ts';

const person = (name: string) => ({ id: name, name, realName: name, tz: 'UTC' });
const channel = (name: string, kind: 'public' | 'dm') => ({
  id: name,
  name,
  kind,
  members: [],
  botIsMember: true,
  archived: false,
});
/** A state with names of machines, as the page gets it from a server. */
export const shownState: PlaygroundState = {
  team: 'Acme',
  bot: { id: 'B', name: 'flowlog' },
  command: { name: '/flowlog', description: 'Ask', usageHint: '' },
  people: [person('ana'), person('anabel'), person('ben')],
  me: 'ana',
  channels: [channel('general', 'public'), channel('flowlog', 'dm')],
  messages: [],
  view: null,
  suggestions: [],
  names: [
    { name: 'app-1', address: '10.0.11.41' },
    { name: 'app-12', address: '10.0.11.52' },
    { name: 'db-1', address: '10.0.21.31' },
  ],
  shortcuts: [],
  sockets: 1,
};
