import type { PlaygroundState } from '../../../src/playground/slack/protocol.ts';

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
  names: ['app-1', 'app-12', 'db-1'],
  shortcuts: [],
  sockets: 1,
};
